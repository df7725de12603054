package dev.parley.message.encryption;

import dev.parley.events.MessageSnapshot;
import dev.parley.platform.encryption.ContentKey;
import dev.parley.platform.encryption.MessageContent;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Seals what is written in one conversation, or leaves it as it is where contents are not sealed. */
public final class ConversationEncryptor {

    static final ConversationEncryptor NONE = new ConversationEncryptor(null);

    private final @Nullable ContentKey key;

    ConversationEncryptor(@Nullable ContentKey key) {
        this.key = key;
    }

    public MessageContent encrypt(String messageId, MessageContent plain) {
        return key == null ? plain : key.seal(messageId, plain);
    }

    public MessageSnapshot encrypt(MessageSnapshot plain) {
        return key == null ? plain : key.seal(plain);
    }

    /** The words under which a message is stored. */
    public Collection<String> searchTokens(Collection<String> words) {
        return key == null ? words : words.stream().map(key::blind).toList();
    }
}
