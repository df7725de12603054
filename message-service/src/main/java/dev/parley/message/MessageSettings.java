package dev.parley.message;

import dev.parley.platform.settings.SettingsCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much of everything a message, a conversation or a user can have. Further properties with the same prefix are in the
 * settings of the packages that use them.
 *
 * @param maxTextLength characters (code points) of the text of a message
 * @param maxAttachments attachments of a message
 * @param maxEncryptedLength characters (code points) of JSON of the encrypted content of a message
 * @param maxEmojiLength characters (code points) of a reaction
 * @param maxEmojis different reactions to a message
 * @param maxReactions reactions to a message in all
 * @param maxPins pinned messages of a conversation; pins at the same moment may pass it by a few, and are listed too
 * @param maxStars messages that a user can mark
 * @param maxHidden messages of one conversation that a user can delete for that user alone
 */
@ConfigurationProperties("parley.message")
public record MessageSettings(
        @DefaultValue("10000") int maxTextLength,
        @DefaultValue("10") int maxAttachments,
        @DefaultValue("65536") int maxEncryptedLength,
        @DefaultValue("32") int maxEmojiLength,
        @DefaultValue("20") int maxEmojis,
        @DefaultValue("1000") int maxReactions,
        @DefaultValue("100") int maxPins,
        @DefaultValue("1000") int maxStars,
        @DefaultValue("2000") int maxHidden) {

    public MessageSettings {
        SettingsCheck.of("parley.message")
                .positive("max-text-length", maxTextLength)
                .notNegative("max-attachments", maxAttachments)
                .positive("max-encrypted-length", maxEncryptedLength)
                .positive("max-emoji-length", maxEmojiLength)
                .positive("max-emojis", maxEmojis)
                .positive("max-reactions", maxReactions)
                .positive("max-pins", maxPins)
                .positive("max-stars", maxStars)
                .positive("max-hidden", maxHidden);
    }
}
