package dev.parley.message.encryption;

import dev.parley.events.MessageSnapshot;
import dev.parley.platform.encryption.ContentKey;
import dev.parley.platform.encryption.MessageContent;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Seals what is written in one conversation, or leaves it as it is where contents are not sealed. */
public final class Sealer {

    static final Sealer NONE = new Sealer(null);

    private final @Nullable ContentKey key;

    Sealer(@Nullable ContentKey key) {
        this.key = key;
    }

    public MessageContent seal(String messageId, MessageContent plain) {
        return key == null ? plain : key.seal(messageId, plain);
    }

    public MessageSnapshot seal(MessageSnapshot plain) {
        return key == null ? plain : key.seal(plain);
    }

    /** The words under which a message is stored. */
    public Collection<String> words(Collection<String> words) {
        return key == null ? words : words.stream().map(key::blind).toList();
    }
}
