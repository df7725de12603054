package dev.parley.message;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of message-service.
 *
 * @param maxTextLength characters (UTF-16 units) of one message's text
 * @param maxAttachments attachments of one message
 * @param maxEncryptedLength characters (UTF-16 units) of JSON that a message's encrypted content has
 * @param maxMentions users whom one message can mention; at most 25, since auth-service looks up 50 names at
 *     once and each may be read in two ways
 * @param maxBatch messages of one conversation that are stored in one write
 * @param maxQueuedPerConversation messages of one conversation that may wait to be stored; one more is refused
 * @param maxEmojiLength characters (UTF-16 units) of a reaction
 * @param maxEmojis different reactions to one message
 * @param maxReactions reactions to one message in all
 * @param maxPins pinned messages of one conversation; pins at the same moment may pass it by a few, and are listed too
 * @param maxStars messages that one user can mark
 * @param maxSearchHits how many of the newest messages a search finds and counts
 * @param maxSearchTime how long the store may look for messages in one conversation
 * @param maxFileMessages the newest messages with files of a conversation whose files are listed and counted
 * @param maxHidden messages of one conversation that one user can delete for the user alone
 * @param accessMaxAge how long an answer about a member's access is relied on for sending, if no event revokes it
 */
@ConfigurationProperties("parley.message")
public record MessageSettings(
        @DefaultValue("10000") int maxTextLength,
        @DefaultValue("10") int maxAttachments,
        @DefaultValue("65536") int maxEncryptedLength,
        @DefaultValue("20") int maxMentions,
        @DefaultValue("64") int maxBatch,
        @DefaultValue("1000") int maxQueuedPerConversation,
        @DefaultValue("32") int maxEmojiLength,
        @DefaultValue("20") int maxEmojis,
        @DefaultValue("1000") int maxReactions,
        @DefaultValue("100") int maxPins,
        @DefaultValue("1000") int maxStars,
        @DefaultValue("1000") int maxSearchHits,
        @DefaultValue("2s") Duration maxSearchTime,
        @DefaultValue("5000") int maxFileMessages,
        @DefaultValue("2000") int maxHidden,
        @DefaultValue("30s") Duration accessMaxAge) {

    public MessageSettings {
        if (maxTextLength < 1
                || maxAttachments < 0
                || maxEncryptedLength < 1
                || maxBatch < 1
                || maxQueuedPerConversation < 1
                || maxEmojiLength < 1
                || maxEmojis < 1
                || maxReactions < 1
                || maxPins < 1
                || maxStars < 1
                || maxSearchHits < 1
                || maxSearchTime.toMillis() < 1
                || maxFileMessages < 1
                || maxHidden < 1) {
            throw new IllegalArgumentException("The limits of parley.message must be positive");
        }
        if (maxMentions < 1 || maxMentions > 25) {
            throw new IllegalArgumentException("parley.message.max-mentions must be from 1 to 25");
        }
    }
}
