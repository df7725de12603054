package dev.parley.message.search;

import dev.parley.message.access.VisibleRanges;
import dev.parley.message.store.HiddenMessageStore;
import dev.parley.message.store.HiddenMessages;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessageStore;
import dev.parley.platform.security.Caller;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads the messages that a search has hit. */
@Component
final class HitReader {

    private final MessageStore store;
    private final HiddenMessageStore hiddenMessages;

    HitReader(MessageStore store, HiddenMessageStore hiddenMessages) {
        this.store = store;
        this.hiddenMessages = hiddenMessages;
    }

    /** The hits without messages that the caller has hidden, in the same order. */
    Mono<List<SearchHit>> notHidden(Caller caller, List<SearchHit> hits) {
        Set<String> conversations = hits.stream().map(SearchHit::conversationId).collect(Collectors.toSet());
        return conversations.isEmpty()
                ? Mono.just(hits)
                : hiddenMessages.of(caller.userId(), conversations).map(hidden -> hits.stream()
                        .filter(hit -> !isHidden(hidden.get(hit.conversationId()), hit))
                        .toList());
    }

    private static boolean isHidden(@Nullable HiddenMessages hidden, SearchHit hit) {
        return hidden != null && hidden.contains(hit.seq());
    }

    /**
     * The messages in the order of the hits, without those that were deleted meanwhile.
     *
     * @param visible what the caller sees of the conversations of the hits, by conversation id
     */
    Mono<List<Message>> read(Caller caller, List<SearchHit> hits, Map<String, VisibleRanges> visible) {
        if (hits.isEmpty()) {
            return Mono.just(List.of());
        }
        List<String> ids = hits.stream().map(SearchHit::id).toList();
        return store.byIds(caller.tenantId(), ids)
                .mapNotNull(message -> shown(message, visible.get(message.conversationId())))
                .collectMap(Message::id)
                .map(messages -> inOrder(ids, messages));
    }

    private static @Nullable Message shown(Message message, @Nullable VisibleRanges ranges) {
        return ranges == null ? null : ranges.shown(message);
    }

    private static List<Message> inOrder(List<String> ids, Map<String, Message> messages) {
        return ids.stream()
                .map(messages::get)
                .filter(Objects::nonNull)
                .filter(message -> !message.isDeleted())
                .toList();
    }
}
