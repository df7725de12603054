package dev.parley.message.chatcore;

import dev.parley.events.UserSummary;
import dev.parley.message.receipt.ReceiptLookup;
import dev.parley.message.reply.ReplyPreviews;
import dev.parley.message.star.Stars;
import dev.parley.message.store.Message;
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
    private final Stars starring;
    private final ReceiptLookup deliveries;
    private final ReplyPreviews previews;

    MessageViews(UserDirectory users, Stars starring, ReceiptLookup deliveries, ReplyPreviews previews) {
        this.starring = starring;
        this.users = users;
        this.deliveries = deliveries;
        this.previews = previews;
    }

    Mono<MessageView> of(Message message, Caller caller) {
        return of(List.of(message), caller).map(views -> views.get(0));
    }

    /** One look-up of users, one of stars, one of what they answer, and one of receipts for each conversation. */
    Mono<List<MessageView>> of(List<Message> messages, Caller caller) {
        return previews.shown(caller, messages).flatMap(shown -> rendered(shown, caller));
    }

    private Mono<List<MessageView>> rendered(List<Message> messages, Caller caller) {
        Mono<Map<String, UserSummary>> senders =
                users.find(messages.stream().map(Message::senderId).collect(Collectors.toSet()), caller);
        Mono<Set<String>> starred =
                starring.among(caller, messages.stream().map(Message::id).toList());
        return Mono.zip(senders, starred, deliveries.of(messages)).map(known -> messages.stream()
                .map(message -> view(
                        message,
                        known.getT1(),
                        known.getT2(),
                        DeliveryViews.of(known.getT3().get(message.id())),
                        caller))
                .toList());
    }

    private static MessageView view(
            Message message,
            Map<String, UserSummary> senders,
            Set<String> stars,
            DeliveryView delivery,
            Caller caller) {
        UserSummary sender = senders.getOrDefault(message.senderId(), UserDirectory.unknown(message.senderId()));
        boolean own = message.senderId().equals(caller.userId());
        return MessageView.of(
                message.snapshot(sender), own ? message.clientId() : null, stars.contains(message.id()), delivery);
    }
}
