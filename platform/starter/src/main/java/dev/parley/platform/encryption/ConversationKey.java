package dev.parley.platform.encryption;

import dev.parley.platform.encryption.KeyManagement.Wrapped;
import java.util.Base64;

/**
 * The data key of a conversation as it is stored, and as one service gives it to another: wrapped.
 *
 * @param keyId what is sealed with it names it so
 * @param masterKeyId which master key wraps it
 * @param wrapped in Base64
 */
public record ConversationKey(String conversationId, String keyId, String masterKeyId, String wrapped) {

    public static ConversationKey of(String conversationId, String keyId, Wrapped wrapped) {
        return new ConversationKey(
                conversationId,
                keyId,
                wrapped.masterKeyId(),
                Base64.getEncoder().encodeToString(wrapped.bytes()));
    }

    public Wrapped toWrapped() {
        return new Wrapped(masterKeyId, Base64.getDecoder().decode(wrapped));
    }
}
