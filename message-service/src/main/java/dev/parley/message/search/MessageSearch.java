package dev.parley.message.search;

import dev.parley.message.MessageSettings;
import dev.parley.message.access.ConversationAccess;
import dev.parley.message.access.VisibleRanges;
import dev.parley.message.indexing.SearchWords;
import dev.parley.message.store.Message;
import dev.parley.platform.security.Caller;
import dev.parley.platform.slice.Slice;
import dev.parley.platform.slice.SliceRequest;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds messages by their words, for those who may see them. */
@Component
public final class MessageSearch {

    /** Conversations that one search looks into at the same time. */
    private static final int MAX_AT_ONCE = 16;

    private final ConversationAccess conversations;
    private final SearchIndex finding;
    private final HitReader messages;
    private final int maxHits;

    MessageSearch(ConversationAccess conversations, SearchIndex finding, HitReader messages, MessageSettings settings) {
        this.conversations = conversations;
        this.finding = finding;
        this.messages = messages;
        this.maxHits = settings.maxSearchHits();
    }

    /**
     * The messages that hold every word of the text, newest first, of one conversation if one is named. No more than the
     * newest {@link MessageSettings#maxSearchHits} are found and counted.
     *
     * <p>Each conversation is searched by itself. So a search costs by what the caller can see, not by what the tenant
     * has written, and cannot find what is elsewhere.
     *
     * @return fails as {@link ConversationAccess#of} does for a conversation that is named
     */
    public Mono<Slice<Message>> search(Caller caller, String text, @Nullable String conversationId, SliceRequest part) {
        Collection<String> words = SearchWords.toFind(text);
        return scope(caller, conversationId)
                .flatMapIterable(Map::entrySet)
                .flatMap(each -> finding.byWords(each.getKey(), each.getValue(), words, maxHits), MAX_AT_ONCE)
                .collect(() -> new NewestHits(maxHits), NewestHits::add)
                .flatMap(newest -> messages.shown(caller, newest.toList()))
                .flatMap(found -> read(caller, part.of(found)));
    }

    private Flux<Map<String, VisibleRanges>> scope(Caller caller, @Nullable String conversationId) {
        return conversationId == null
                ? conversations.ofAll(caller).flux()
                : conversations
                        .of(caller, conversationId)
                        .map(access -> Map.of(conversationId, access.windows()))
                        .flux();
    }

    private Mono<Slice<Message>> read(Caller caller, Slice<SearchHit> found) {
        return messages.read(caller, found.items()).map(found::with);
    }
}
