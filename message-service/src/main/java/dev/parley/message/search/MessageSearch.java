package dev.parley.message.search;

import dev.parley.message.access.ConversationAccess;
import dev.parley.message.access.VisibleRanges;
import dev.parley.message.indexing.SearchWords;
import dev.parley.message.store.Message;
import dev.parley.platform.metrics.OutcomeTimer;
import dev.parley.platform.security.Caller;
import dev.parley.platform.slice.Slice;
import dev.parley.platform.slice.SliceRequest;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds messages by their words, in all conversations of a user or in one. */
@Component
public final class MessageSearch {

    private final ConversationAccess conversations;
    private final SearchIndex index;
    private final HitReader reader;
    private final SearchSettings settings;
    private final OutcomeTimer timer;

    MessageSearch(
            ConversationAccess conversations,
            SearchIndex index,
            HitReader reader,
            SearchSettings settings,
            SearchTimers timers) {
        this.conversations = conversations;
        this.index = index;
        this.reader = reader;
        this.settings = settings;
        this.timer = timers.words();
    }

    /**
     * The messages that contain every word of the text, newest first. Only the newest {@link SearchSettings#maxSearchHits}
     * are found and counted.
     *
     * <p>Each conversation is searched by a query of its own. So a search costs by what the caller can see, not by what the
     * tenant has written, and never reads what the caller cannot see. A former member does not find what was edited since.
     *
     * @param conversationId null for all conversations of the caller
     * @return fails as {@link ConversationAccess#of} does for a conversation that is named
     */
    public Mono<Slice<Message>> search(Caller caller, String text, @Nullable String conversationId, SliceRequest part) {
        Collection<String> words = SearchWords.toFind(text);
        int maxHits = settings.maxSearchHits();
        return timer.time(visible(caller, conversationId).flatMap(visible -> Flux.fromIterable(visible.entrySet())
                .flatMap(
                        each -> index.byWords(each.getKey(), each.getValue(), words, maxHits),
                        settings.maxSearchedAtOnce())
                .collect(() -> new NewestHits(maxHits), NewestHits::add)
                .flatMap(newest -> reader.notHidden(caller, newest.toList()))
                .map(part::of)
                .flatMap(hits -> reader.read(caller, hits.items(), visible).map(hits::with))));
    }

    /** What the caller may see, by conversation id. */
    private Mono<Map<String, VisibleRanges>> visible(Caller caller, @Nullable String conversationId) {
        return conversationId == null
                ? conversations.ofAll(caller)
                : conversations.of(caller, conversationId).map(access -> Map.of(conversationId, access.visible()));
    }
}
