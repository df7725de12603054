package dev.parley.message.reply;

import dev.parley.events.ReplyReference;
import dev.parley.events.UserSummary;
import dev.parley.message.history.VisibleMessages;
import dev.parley.message.store.Message;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Shows what a message answers as that is now, under the present name of its sender, and only to users who may see it. What a
 * reply stores is what it answered at that time.
 */
@Component
public final class ReplyPreviews {

    private final VisibleMessages messages;
    private final UserDirectory users;

    ReplyPreviews(VisibleMessages messages, UserDirectory users) {
        this.messages = messages;
        this.users = users;
    }

    /**
     * The messages as the caller sees them, with one query for all that they answer.
     *
     * @param replies messages that the caller may see; not all of them need to be replies
     */
    public Mono<List<Message>> shown(Caller caller, List<Message> replies) {
        Set<String> answered = replies.stream()
                .map(Message::replyTo)
                .filter(Objects::nonNull)
                .map(ReplyReference::messageId)
                .collect(Collectors.toCollection(HashSet::new));
        if (answered.isEmpty()) {
            return Mono.just(replies);
        }
        List<Message> here = replies.stream()
                .filter(message -> answered.contains(message.id()))
                .toList();
        here.forEach(message -> answered.remove(message.id()));
        Mono<List<Message>> elsewhere =
                answered.isEmpty() ? Mono.just(List.of()) : messages.findAll(caller, List.copyOf(answered));
        return elsewhere
                .map(found -> Stream.concat(here.stream(), found.stream()).toList())
                .flatMap(visible -> references(visible, caller))
                .map(references -> replies.stream()
                        .map(reply -> reply.withQuoteOf(references))
                        .toList());
    }

    /** By the id of the message. */
    private Mono<Map<String, ReplyReference>> references(List<Message> visible, Caller caller) {
        Set<String> senders = visible.stream().map(Message::senderId).collect(Collectors.toSet());
        return users.find(senders, caller).map(known -> visible.stream()
                .map(message -> ReplyReference.to(message.snapshot(sender(message, known))))
                .collect(Collectors.toMap(ReplyReference::messageId, Function.identity(), (one, same) -> one)));
    }

    private static UserSummary sender(Message message, Map<String, UserSummary> known) {
        return known.getOrDefault(message.senderId(), UserDirectory.unknown(message.senderId()));
    }
}
