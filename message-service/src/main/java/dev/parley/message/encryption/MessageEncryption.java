package dev.parley.message.encryption;

import dev.parley.platform.encryption.ContentKey;
import dev.parley.platform.encryption.ContentKeys;
import dev.parley.platform.encryption.ConversationKey;
import dev.parley.platform.encryption.EncryptionSettings;
import dev.parley.platform.encryption.KeyManagement;
import dev.parley.platform.encryption.MessageContent;
import dev.parley.platform.id.Ids;
import java.util.Collection;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Seals and opens the contents of messages, if this is switched on, and makes the data keys of new conversations. */
@Component
public final class MessageEncryption {

    private final EncryptionSettings settings;
    private final ContentKeys keys;
    private final KeyManagement management;
    private final KeyStore store;

    /** @throws IllegalStateException if contents are to be sealed and there is no master key */
    MessageEncryption(EncryptionSettings settings, ContentKeys keys, KeyManagement management, KeyStore store) {
        this.settings = settings;
        this.keys = keys;
        this.management = management;
        this.store = store;
        if (settings.seals()) {
            management.currentKeyId();
        }
    }

    /**
     * What seals the contents of a conversation's messages. Fails if contents must be sealed and the key cannot be had: then
     * nothing is stored, because it would be stored readable.
     */
    public Mono<ContentSealer> of(String conversationId) {
        return settings.seals()
                ? keys.find(conversationId)
                        .switchIfEmpty(Mono.defer(() -> add(conversationId)))
                        .map(ContentSealer::new)
                : Mono.just(ContentSealer.NONE);
    }

    /** What sealed the contents that are sealed already, whether or not new ones are; empty without a key. */
    public Mono<ContentSealer> ofSealed(String conversationId) {
        return keys.find(conversationId).map(ContentSealer::new);
    }

    /** The forms in which words may be stored in the conversation: as they are and, if it has a key, sealed. */
    public Flux<Collection<String>> storedForms(String conversationId, Collection<String> words) {
        Mono<Collection<String>> sealed = management.keyIds().isEmpty()
                ? Mono.empty()
                : keys.find(conversationId).map(key -> new ContentSealer(key).storedForm(words));
        return Flux.concat(Mono.just(words), sealed);
    }

    /** The contents as they were written; fails if they are sealed and cannot be opened. */
    public Mono<MessageContent> open(String conversationId, String messageId, MessageContent contents) {
        return keys.open(conversationId, messageId, contents);
    }

    private Mono<ContentKey> add(String conversationId) {
        return management
                .wrap(ContentKeys.newDataKey(), conversationId)
                .map(wrapped -> ConversationKey.of(conversationId, Ids.next(), wrapped))
                .flatMap(store::add)
                .flatMap(keys::unwrapped);
    }
}
