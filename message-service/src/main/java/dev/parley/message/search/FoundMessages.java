package dev.parley.message.search;

import dev.parley.message.timeline.Found;
import dev.parley.message.timeline.History;
import dev.parley.message.timeline.Message;
import dev.parley.platform.security.Caller;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads the messages that were found. */
@Component
final class FoundMessages {

    private final History history;

    FoundMessages(History history) {
        this.history = history;
    }

    /** Those that the caller did not delete for the caller alone, in the same order. */
    Mono<List<Found>> shown(Caller caller, List<Found> found) {
        return Mono.just(found);
    }

    /** The messages in the order in which they were found; without those that were deleted since. */
    Mono<List<Message>> read(Caller caller, List<Found> found) {
        List<String> ids = found.stream().map(Found::id).toList();
        return history.byIds(caller.tenantId(), ids).map(messages -> inOrder(ids, messages));
    }

    private static List<Message> inOrder(List<String> ids, Map<String, Message> messages) {
        return ids.stream()
                .map(messages::get)
                .filter(Objects::nonNull)
                .filter(message -> !message.isDeleted())
                .toList();
    }
}
