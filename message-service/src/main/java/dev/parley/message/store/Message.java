package dev.parley.message.store;

import dev.parley.events.Block;
import dev.parley.events.MessageRevision;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Pin;
import dev.parley.events.QuoteState;
import dev.parley.events.Reaction;
import dev.parley.events.ReplyReference;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.message.MessageError;
import dev.parley.platform.encryption.MessageContent;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.event.PendingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Unwrapped;

/**
 * A stored message. In its document the components of {@code position}, {@code sender}, {@code content} and
 * {@code pending} are fields of the document itself.
 *
 * @param mentions the members whom it mentions, by user id; null in a document from before there were mentions
 * @param changes what happened to it since it was sent; null if nothing did
 * @param past what it was before that; null if nothing of it is kept
 * @param pending null if all its events are published
 */
@Document(MessageStore.COLLECTION)
public record Message(
        @Id String id,
        String tenantId,
        String conversationId,
        @Unwrapped.Empty MessagePosition position,
        @Unwrapped.Empty MessageSender sender,
        @Unwrapped.Empty MessageContent content,
        @Nullable List<String> mentions,
        Instant createdAt,
        @Nullable MessageRevision changes,
        @Nullable MessagePast past,
        @Unwrapped.Nullable @Nullable PendingEvents pending) {

    public long seq() {
        return position.seq();
    }

    public String senderId() {
        return sender.userId();
    }

    public boolean isFrom(String userId) {
        return sender.userId().equals(userId);
    }

    public List<Block> blocks() {
        return content.blocks();
    }

    public @Nullable ReplyReference replyTo() {
        return content.replyTo();
    }

    /** Its events that may not have been published yet. */
    public List<PendingEvent> pendingEvents() {
        return PendingEvents.listOf(pending);
    }

    /** The message as events tell of it. */
    public MessageSnapshot snapshot(UserSummary senderProfile) {
        return new MessageSnapshot(
                id,
                tenantId,
                conversationId,
                position.seq(),
                position.ordinal(),
                position.senderOrdinal(),
                senderProfile,
                sender.kind(),
                content.title(),
                content.blocks(),
                content.replyTo(),
                Objects.requireNonNullElse(mentions, List.of()),
                createdAt,
                changes);
    }

    public long revision() {
        return changes == null ? MessageRevision.NONE : changes.revision();
    }

    public boolean isDeleted() {
        return changes != null && changes.deletedAt() != null;
    }

    /** Whether it tells of a change of the membership. */
    public boolean isSystemMessage() {
        return sender.kind() == SenderKind.SYSTEM;
    }

    public boolean isPinned() {
        return changes != null && changes.pin() != null;
    }

    public List<Reaction> reactions() {
        return changes == null ? List.of() : changes.reactions();
    }

    /** @throws ApiException with {@link MessageError#DELETED} if this is a tombstone */
    public void requireNotDeleted() {
        if (isDeleted()) {
            throw ApiException.of(MessageError.DELETED, "The message was deleted");
        }
    }

    /** @throws ApiException with {@link MessageError#SYSTEM_MESSAGE} if this is a system message */
    public void requireNoSystemMessage() {
        if (isSystemMessage()) {
            throw ApiException.of(MessageError.SYSTEM_MESSAGE, "Nobody can change or mark a notice");
        }
    }

    /** The ids of its files that the platform keeps. */
    List<String> fileIds() {
        return Block.Media.fileIds(content.blocks());
    }

    /** Its text; empty if it has none. */
    String text() {
        return content.blocks().stream()
                .filter(Block.Text.class::isInstance)
                .map(block -> ((Block.Text) block).plainText())
                .findFirst()
                .orElse("");
    }

    /** The message with another text and the same files. If it has that text already, this same object. */
    public Message withText(String text, List<String> mentioned, Instant now, PastLimits limits) {
        MessageContent edited = contentWith(text);
        return edited.equals(content)
                ? this
                : with(
                        edited,
                        mentioned,
                        MessageRevision.after(changes, now).edited(),
                        MessagePast.afterEdit(past, this, now, limits));
    }

    private MessageContent contentWith(String text) {
        List<Block> blocks = new ArrayList<>();
        if (!text.isEmpty()) {
            blocks.add(Block.Text.plain(text));
        }
        content.blocks().stream()
                .filter(block -> !(block instanceof Block.Text))
                .forEach(blocks::add);
        return new MessageContent(content.title(), blocks, content.replyTo());
    }

    /** The message with other things known of its files. If nothing is new, this same object. */
    public Message withFiles(UnaryOperator<Block.Media> known, Instant now) {
        List<Block> blocks = content.blocks().stream()
                .map(block -> block instanceof Block.Media file ? known.apply(file) : block)
                .toList();
        return blocks.equals(content.blocks())
                ? this
                : with(
                        new MessageContent(content.title(), blocks, content.replyTo()),
                        mentions,
                        MessageRevision.after(changes, now),
                        past);
    }

    /** @param added whether a user added the emoji, or removed it */
    public Message withReactions(List<Reaction> reactions, String userId, String emoji, boolean added, Instant now) {
        return with(
                content,
                mentions,
                MessageRevision.after(changes, now).with(reactions),
                MessagePast.afterReaction(past, new MessagePast.ReactionStep(now, userId, emoji, added)));
    }

    public Message withPin(@Nullable Pin pin, Instant now) {
        Pin before = changes == null ? null : changes.pin();
        return with(
                content,
                mentions,
                MessageRevision.after(changes, now).with(pin),
                MessagePast.afterPin(past, new MessagePast.PinStep(now, before)));
    }

    /** The texts that edits replaced up to a time, the newest first. */
    public List<MessagePast.EarlierText> earlierTexts(Instant upTo) {
        return past == null ? List.of() : past.textsUpTo(upTo);
    }

    /**
     * The message as it was at a time after it was sent; a tombstone stays one. It has no text if its text of then is not
     * kept any more.
     */
    public Message asOf(Instant time) {
        MessagePast known = (past == null ? MessagePast.NONE : past).seenAsOf(time);
        if (changes == null || isDeleted() || !changes.updatedAt().isAfter(time)) {
            return with(content, mentions, changes, known);
        }
        Instant edited = changes.editedAt();
        boolean isOther = edited != null && edited.isAfter(time);
        Instant changed = known.changedAt(time);
        return with(
                isOther ? contentWith(known.textAt(time).orElse("")) : content,
                isOther ? known.mentionsAt(time) : mentions,
                new MessageRevision(
                        changes.revision(),
                        changed == null ? createdAt : changed,
                        isOther ? known.editedAt(time) : edited,
                        null,
                        known.reactionsAt(time, changes.reactions()),
                        known.pinAt(time, changes.pin())),
                known);
    }

    /** As of when it is seen by somebody who left; null for members. */
    public @Nullable Instant seenAsOf() {
        return past == null ? null : past.seenAsOf();
    }

    /** What stays of a message that is deleted for everyone. */
    public Message tombstone(Instant now) {
        return new Message(
                id,
                tenantId,
                conversationId,
                position,
                sender.withoutFingerprint(),
                new MessageContent(null, List.of(), null),
                List.of(),
                createdAt,
                MessageRevision.after(changes, now).deleted(),
                null,
                pending);
    }

    /** @param visible the present references to what its reader may see, by message id: what it answers is hidden if not there */
    public Message withQuoteOf(Map<String, ReplyReference> visible) {
        ReplyReference reply = content.replyTo();
        if (reply == null) {
            return this;
        }
        ReplyReference shown = visible.getOrDefault(reply.messageId(), reply.without(QuoteState.HIDDEN));
        return with(new MessageContent(content.title(), content.blocks(), shown));
    }

    /** The message with its content sealed or opened. */
    Message with(MessageContent otherContent) {
        return with(otherContent, mentions, changes, past);
    }

    /** The message with its earlier texts sealed or opened. */
    Message withEarlierTexts(List<Block> texts) {
        return past == null ? this : with(content, mentions, changes, past.withTexts(texts));
    }

    private Message with(
            MessageContent newContent,
            @Nullable List<String> newMentions,
            @Nullable MessageRevision newChanges,
            @Nullable MessagePast newPast) {
        return new Message(
                id,
                tenantId,
                conversationId,
                position,
                sender,
                newContent,
                newMentions,
                createdAt,
                newChanges,
                newPast,
                pending);
    }
}
