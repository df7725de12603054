package dev.parley.platform.encryption;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.events.MessageSnapshot;
import java.util.Collection;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The data keys of conversations, unwrapped and kept in memory for a while. */
public final class ContentKeys {

    /** Messages that are opened at the same time: each may have to ask for a key. */
    private static final int MAX_AT_ONCE = 32;

    private final ConversationKeySource source;
    private final KeyManagement management;
    private final JsonMapper json;
    private final AsyncCache<String, ContentKey> known;

    ContentKeys(ConversationKeySource source, KeyManagement management, EncryptionSettings settings, JsonMapper json) {
        this.source = source;
        this.management = management;
        this.json = json;
        this.known = Caffeine.newBuilder()
                .maximumSize(settings.maxCachedKeys())
                .expireAfterWrite(settings.keyMaxAge())
                .buildAsync();
    }

    /**
     * The key of a conversation.
     *
     * @return empty if it has none; fails if it cannot be asked for or unwrapped, and then nothing is shown: what cannot be
     *     read must not look as if it were empty
     */
    public Mono<ContentKey> find(String conversationId) {
        // A null is not remembered, so that a key is found as soon as there is one.
        return Mono.fromFuture(
                () -> known.get(conversationId, (id, executor) -> source.find(id)
                        .flatMap(this::unwrapped)
                        .toFuture()),
                true);
    }

    /** A data key for a conversation that has none. */
    public static byte[] newDataKey() {
        return AesGcm.newKey();
    }

    /** The key as it is stored, unwrapped. */
    public Mono<ContentKey> unwrapped(ConversationKey key) {
        return management
                .unwrap(key.toWrapped(), key.conversationId())
                .map(bytes -> new ContentKey(key.conversationId(), key.keyId(), bytes, json));
    }

    /** The contents as they were written; those that are not sealed, as they are. */
    public Mono<MessageContent> open(String conversationId, String messageId, MessageContent contents) {
        if (!contents.isSealed()) {
            return Mono.just(contents);
        }
        return find(conversationId)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("No data key of " + conversationId)))
                .map(key -> key.open(messageId, contents));
    }

    /** The message as it was written. */
    public Mono<MessageSnapshot> open(MessageSnapshot message) {
        MessageContent contents = MessageContent.of(message);
        return contents.isSealed()
                ? open(message.conversationId(), message.id(), contents).map(opened -> opened.in(message))
                : Mono.just(message);
    }

    /** The messages as they were written, by their ids. */
    public Mono<Map<String, MessageSnapshot>> openAll(Collection<MessageSnapshot> messages) {
        return Flux.fromIterable(messages).flatMap(this::open, MAX_AT_ONCE).collectMap(MessageSnapshot::id);
    }
}
