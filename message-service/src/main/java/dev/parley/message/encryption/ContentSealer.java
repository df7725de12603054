package dev.parley.message.encryption;

import dev.parley.events.MessageSnapshot;
import dev.parley.platform.encryption.ContentKey;
import dev.parley.platform.encryption.MessageContent;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Seals the contents of one conversation's messages with its data key; without a key, leaves them as they are. */
public final class ContentSealer {

    public static final ContentSealer NONE = new ContentSealer(null);

    private final @Nullable ContentKey key;

    ContentSealer(@Nullable ContentKey key) {
        this.key = key;
    }

    public MessageContent seal(String messageId, MessageContent plain) {
        return key == null ? plain : key.seal(messageId, plain);
    }

    public MessageSnapshot seal(MessageSnapshot plain) {
        return key == null ? plain : key.seal(plain);
    }

    /** A word, or anything else that is compared and need not be read, as it is stored. */
    public String storedForm(String word) {
        return key == null ? word : key.blind(word);
    }

    /** The words as they are stored for searches. */
    public Collection<String> storedForm(Collection<String> words) {
        return key == null ? words : words.stream().map(key::blind).toList();
    }
}
