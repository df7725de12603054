package dev.parley.message.timeline;

import dev.parley.events.ReplyReference;
import dev.parley.platform.security.Caller;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What a reply shows of the message that it answers: nothing where that was deleted, or is not for the reader. */
@Component
public final class ReplyPreviews {

    private final VisibleMessages messages;

    ReplyPreviews(VisibleMessages messages) {
        this.messages = messages;
    }

    /** The messages as the caller may see them; one look-up for all that they answer. */
    public Mono<List<Message>> shown(Caller caller, List<Message> replies) {
        List<String> answered = replies.stream()
                .map(Message::replyTo)
                .filter(Objects::nonNull)
                .map(ReplyReference::messageId)
                .distinct()
                .toList();
        if (answered.isEmpty()) {
            return Mono.just(replies);
        }
        return messages.findAll(caller, answered).map(found -> {
            Set<String> readable = found.stream()
                    .filter(message -> !message.isDeleted())
                    .map(Message::id)
                    .collect(Collectors.toSet());
            return replies.stream()
                    .map(reply -> reply.withPreviewOnlyOf(readable))
                    .toList();
        });
    }
}
