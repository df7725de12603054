package dev.parley.platform.encryption;

import dev.parley.events.Block;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReplyReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a message somebody wrote. */
public record MessageContent(
        @Nullable String title,
        List<Block> blocks,
        @Nullable ReplyReference replyTo) {

    public static MessageContent of(MessageSnapshot message) {
        return new MessageContent(message.title(), message.blocks(), message.replyTo());
    }

    public boolean isSealed() {
        return blocks.stream().anyMatch(Block.Sealed.class::isInstance);
    }

    /** Whether there is anything to seal. A notice is the platform's own, and consumers need what it says. */
    boolean hasSomethingToSeal() {
        return title != null
                || !blocks.stream().allMatch(Block.Notice.class::isInstance)
                || replyTo != null && !replyTo.contentPreview().isEmpty();
    }

    /** The message with these contents. */
    public MessageSnapshot in(MessageSnapshot message) {
        return message.with(title, blocks, replyTo);
    }
}
