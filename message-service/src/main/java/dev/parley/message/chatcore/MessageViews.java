package dev.parley.message.chatcore;

import dev.parley.events.UserSummary;
import dev.parley.message.star.Starring;
import dev.parley.message.timeline.Message;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.DeliveryView;
import dev.parley.surface.chatcore.MessageView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Renders messages as the caller sees them, with the profiles that their senders have now. */
@Component
final class MessageViews {

    private final UserDirectory users;
    private final Starring starring;

    MessageViews(UserDirectory users, Starring starring) {
        this.starring = starring;
        this.users = users;
    }

    Mono<MessageView> of(Message message, Caller caller) {
        return of(List.of(message), caller).map(views -> views.get(0));
    }

    /** One look-up of users and one of stars for all of them. */
    Mono<List<MessageView>> of(List<Message> messages, Caller caller) {
        Mono<Map<String, UserSummary>> senders =
                users.find(messages.stream().map(Message::senderId).collect(Collectors.toSet()), caller);
        Mono<Set<String>> starred =
                starring.among(caller, messages.stream().map(Message::id).toList());
        return Mono.zip(senders, starred, (found, stars) -> messages.stream()
                .map(message -> view(message, found, stars, caller))
                .toList());
    }

    private static MessageView view(
            Message message, Map<String, UserSummary> senders, Set<String> stars, Caller caller) {
        UserSummary sender = senders.getOrDefault(message.senderId(), UserDirectory.unknown(message.senderId()));
        boolean own = message.senderId().equals(caller.userId());
        return MessageView.of(
                message.snapshot(sender),
                own ? message.clientId() : null,
                stars.contains(message.id()),
                DeliveryView.SENT);
    }
}
