package dev.parley.message.reply;

import dev.parley.events.ReplyReference;
import dev.parley.message.history.VisibleMessages;
import dev.parley.message.store.Message;
import dev.parley.platform.security.Caller;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What a reply shows of the message that it answers: nothing where that was deleted, or is not for the reader. */
@Component
public final class ReplyPreviews {

    private final VisibleMessages messages;

    ReplyPreviews(VisibleMessages messages) {
        this.messages = messages;
    }

    /**
     * The messages as the caller sees them; one look-up for all that they answer and that is not among them.
     *
     * @param replies messages that the caller may see
     */
    public Mono<List<Message>> shown(Caller caller, List<Message> replies) {
        Set<String> here = replies.stream().map(Message::id).collect(Collectors.toSet());
        List<String> elsewhere = replies.stream()
                .map(Message::replyTo)
                .filter(Objects::nonNull)
                .map(ReplyReference::messageId)
                .filter(id -> !here.contains(id))
                .distinct()
                .toList();
        Mono<List<Message>> found = elsewhere.isEmpty() ? Mono.just(List.of()) : messages.findAll(caller, elsewhere);
        return found.map(visible -> {
            Set<String> readable = Stream.concat(replies.stream(), visible.stream())
                    .filter(message -> !message.isDeleted())
                    .map(Message::id)
                    .collect(Collectors.toSet());
            return replies.stream()
                    .map(reply -> reply.withPreviewOnlyOf(readable))
                    .toList();
        });
    }
}
