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

/** Shows the preview of an answered message only to users who may see that message, and only while it is not deleted. */
@Component
public final class ReplyPreviews {

    private final VisibleMessages messages;

    ReplyPreviews(VisibleMessages messages) {
        this.messages = messages;
    }

    /**
     * The messages as the caller sees them, with one query for all that they answer.
     *
     * @param replies messages that the caller may see; not all of them need to be replies
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
