package dev.parley.events;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is at the time of an event.
 *
 * @param seq the message's position in its conversation: 1 for the first, without gaps
 * @param ordinal how many messages that count as unread, which system messages do not, stand at this position or before it
 * @param senderOrdinal how many of those its sender wrote
 * @param mentions the members that it names, by user id
 * @param title set by surfaces that give messages a title
 * @param changes null while the message is as it was sent
 */
public record MessageSnapshot(
        String id,
        String tenantId,
        String conversationId,
        long seq,
        long ordinal,
        long senderOrdinal,
        UserSummary sender,
        SenderKind senderKind,
        @Nullable String title,
        List<Block> blocks,
        @Nullable ReplyReference replyTo,
        List<String> mentions,
        Instant createdAt,
        @Nullable MessageRevision changes) {

    public MessageSnapshot {
        mentions = Objects.requireNonNullElse(mentions, List.of());
    }

    /** How often the message was changed before this snapshot. */
    public long revision() {
        return changes == null ? MessageRevision.NONE : changes.revision();
    }

    /** Whether it counts as unread for those who have not read it. System messages do not. */
    public boolean countsAsUnread() {
        return senderKind != SenderKind.SYSTEM;
    }

    /** The change of the membership that the message tells of, if it does. */
    public Optional<Block.Notice> notice() {
        return blocks.stream()
                .filter(Block.Notice.class::isInstance)
                .map(Block.Notice.class::cast)
                .findFirst();
    }

    /** The same message with the sender's profile of another time. */
    public MessageSnapshot withSender(UserSummary otherSender) {
        return with(otherSender, title, blocks, replyTo);
    }

    /** The same message, which shows nothing of what it answers, if it answers any. */
    public MessageSnapshot withoutQuote(QuoteState why) {
        return replyTo == null ? this : withQuote(replyTo.without(why));
    }

    /** The same message with the reference to what it answers of another time. */
    public MessageSnapshot withQuote(ReplyReference other) {
        return with(title, blocks, other);
    }

    /** The same message with its contents in another form. */
    public MessageSnapshot with(
            @Nullable String otherTitle, List<Block> otherBlocks, @Nullable ReplyReference otherReplyTo) {
        return with(sender, otherTitle, otherBlocks, otherReplyTo);
    }

    private MessageSnapshot with(
            UserSummary otherSender,
            @Nullable String otherTitle,
            List<Block> otherBlocks,
            @Nullable ReplyReference otherReplyTo) {
        return new MessageSnapshot(
                id,
                tenantId,
                conversationId,
                seq,
                ordinal,
                senderOrdinal,
                otherSender,
                senderKind,
                otherTitle,
                otherBlocks,
                otherReplyTo,
                mentions,
                createdAt,
                changes);
    }
}
