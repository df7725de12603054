package dev.parley.message.search;

import dev.parley.message.history.MessageHistory;
import dev.parley.message.store.HiddenMessageStore;
import dev.parley.message.store.HiddenMessages;
import dev.parley.message.store.Message;
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
final class HitReader {

    private final MessageHistory history;
    private final HiddenMessageStore hiddenMessages;

    HitReader(MessageHistory history, HiddenMessageStore hiddenMessages) {
        this.hiddenMessages = hiddenMessages;
        this.history = history;
    }

    /** Those that the caller did not delete for the caller alone, in the same order. */
    Mono<List<SearchHit>> shown(Caller caller, List<SearchHit> found) {
        Set<String> conversations =
                found.stream().map(SearchHit::conversationId).collect(Collectors.toSet());
        return conversations.isEmpty()
                ? Mono.just(found)
                : hiddenMessages.of(caller.userId(), conversations).map(hidden -> found.stream()
                        .filter(each -> !isHidden(hidden.get(each.conversationId()), each))
                        .toList());
    }

    private static boolean isHidden(@Nullable HiddenMessages here, SearchHit found) {
        return here != null && here.holds(found.seq());
    }

    /** The messages in the order in which they were found; without those that were deleted since. */
    Mono<List<Message>> read(Caller caller, List<SearchHit> found) {
        List<String> ids = found.stream().map(SearchHit::id).toList();
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
