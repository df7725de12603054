package dev.parley.message.chatcore;

import dev.parley.events.UserSummary;
import dev.parley.message.receipt.FetchReporter;
import dev.parley.message.receipt.ReceiptLookup;
import dev.parley.message.reply.ReplyPreviews;
import dev.parley.message.star.Stars;
import dev.parley.message.store.Message;
import dev.parley.platform.file.FileUrls;
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

/**
 * Renders messages as the caller sees them, with the profiles that their senders have now. What is shown is delivered: every
 * answer that shows a message goes this way.
 */
@Component
final class MessageViews {

    private final UserDirectory users;
    private final Stars stars;
    private final ReceiptLookup receipts;
    private final ReplyPreviews previews;
    private final FetchReporter fetches;
    private final FileUrls urls;

    MessageViews(
            UserDirectory users,
            Stars stars,
            ReceiptLookup receipts,
            ReplyPreviews previews,
            FetchReporter fetches,
            FileUrls urls) {
        this.urls = urls;
        this.fetches = fetches;
        this.stars = stars;
        this.users = users;
        this.receipts = receipts;
        this.previews = previews;
    }

    Mono<MessageView> of(Message message, Caller caller) {
        return of(List.of(message), caller).map(views -> views.get(0));
    }

    /** Asks once for all senders, once for all stars, once for all answered messages, and once in each conversation for receipts. */
    Mono<List<MessageView>> of(List<Message> messages, Caller caller) {
        return previews.shown(caller, messages)
                .flatMap(shown -> rendered(shown, caller))
                .doOnNext(shown -> fetches.fetched(caller, messages));
    }

    private Mono<List<MessageView>> rendered(List<Message> messages, Caller caller) {
        Mono<Map<String, UserSummary>> senders =
                users.find(messages.stream().map(Message::senderId).collect(Collectors.toSet()), caller);
        Mono<Set<String>> starred =
                stars.among(caller, messages.stream().map(Message::id).toList());
        return Mono.zip(senders, starred, receipts.of(messages)).map(known -> messages.stream()
                .map(message -> view(
                        message,
                        known.getT1(),
                        known.getT2(),
                        DeliveryViews.of(known.getT3().get(message.id())),
                        caller))
                .toList());
    }

    private MessageView view(
            Message message,
            Map<String, UserSummary> senders,
            Set<String> starred,
            DeliveryView delivery,
            Caller caller) {
        UserSummary sender = senders.getOrDefault(message.senderId(), UserDirectory.unknown(message.senderId()));
        boolean own = message.isFrom(caller.userId());
        return MessageView.of(
                message.snapshot(sender),
                own ? message.sender().clientId() : null,
                starred.contains(message.id()),
                delivery,
                urls);
    }
}
