package dev.parley.message.search;

import dev.parley.message.hidden.Hidden;
import dev.parley.message.hidden.HiddenMessages;
import dev.parley.message.timeline.Found;
import dev.parley.message.timeline.History;
import dev.parley.message.timeline.Message;
import dev.parley.platform.security.Caller;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads the messages that were found. */
@Component
final class FoundMessages {

    private final History history;
    private final HiddenMessages hiddenMessages;

    FoundMessages(History history, HiddenMessages hiddenMessages) {
        this.hiddenMessages = hiddenMessages;
        this.history = history;
    }

    /** Those that the caller did not delete for the caller alone, in the same order. */
    Mono<List<Found>> shown(Caller caller, List<Found> found) {
        Set<String> conversations = found.stream().map(Found::conversationId).collect(Collectors.toSet());
        return conversations.isEmpty()
                ? Mono.just(found)
                : hiddenMessages.of(caller.userId(), conversations).map(hidden -> found.stream()
                        .filter(each -> !isHidden(hidden.get(each.conversationId()), each))
                        .toList());
    }

    private static boolean isHidden(@Nullable Hidden here, Found found) {
        return here != null && here.holds(found.seq());
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
