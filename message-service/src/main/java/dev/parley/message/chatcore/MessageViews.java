package dev.parley.message.chatcore;

import dev.parley.events.UserSummary;
import dev.parley.message.timeline.Message;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.MessageView;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Renders messages as the caller sees them, with the profiles that their senders have now. */
@Component
final class MessageViews {

    private final UserDirectory users;

    MessageViews(UserDirectory users) {
        this.users = users;
    }

    Mono<MessageView> of(Message message, Caller caller) {
        return of(List.of(message), caller).map(views -> views.get(0));
    }

    /** One look-up of users for all of them. */
    Mono<List<MessageView>> of(List<Message> messages, Caller caller) {
        return users.find(messages.stream().map(Message::senderId).collect(Collectors.toSet()), caller)
                .map(senders -> messages.stream()
                        .map(message -> view(message, senders, caller))
                        .toList());
    }

    private static MessageView view(Message message, Map<String, UserSummary> senders, Caller caller) {
        UserSummary sender = senders.getOrDefault(message.senderId(), UserDirectory.unknown(message.senderId()));
        boolean own = message.senderId().equals(caller.userId());
        return MessageView.of(message.snapshot(sender), own ? message.clientId() : null);
    }
}
