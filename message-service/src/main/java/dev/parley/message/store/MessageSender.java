package dev.parley.message.store;

import dev.parley.events.SenderKind;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Field;

/**
 * Who sent a message, and what the sender's client calls it.
 *
 * @param userId of a system message: who made the change that it tells of
 * @param clientId null if the client gave none; also null for a system message
 * @param clientKey the sender and the client id in one string, unique in the store, by which a repeated send is recognised;
 *     null without a client id
 * @param fingerprint of what was sent with the client id, sealed like the words that searches find; null without a client
 *     id, in a tombstone, and in a document from before there were fingerprints
 */
public record MessageSender(
        @Field("senderId") String userId,
        @Field("senderKind") SenderKind kind,
        @Nullable String clientId,
        @Nullable String clientKey,
        @Nullable String fingerprint) {

    /** See {@link #clientKey}. */
    public static String clientKey(String userId, String clientId) {
        return userId + "/" + clientId;
    }

    MessageSender withoutFingerprint() {
        return new MessageSender(userId, kind, clientId, clientKey, null);
    }
}
