package dev.parley.message.encryption;

import dev.parley.platform.encryption.ConversationKey;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The wrapped data key of a conversation.
 *
 * @param conversationId of which there is one
 * @param wrapped in Base64
 */
@Document(StoredKey.COLLECTION)
record StoredKey(@Id String conversationId, String keyId, String masterKeyId, String wrapped, Instant createdAt) {

    static final String COLLECTION = "conversationKeys";

    static StoredKey of(ConversationKey key, Instant createdAt) {
        return new StoredKey(key.conversationId(), key.keyId(), key.masterKeyId(), key.wrapped(), createdAt);
    }

    ConversationKey toKey() {
        return new ConversationKey(conversationId, keyId, masterKeyId, wrapped);
    }
}
