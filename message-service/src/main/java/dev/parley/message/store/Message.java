package dev.parley.message.store;

import dev.parley.events.Block;
import dev.parley.events.MessageRevision;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Pin;
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
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A stored message.
 *
 * @param seq its place in the conversation: 1 for the first, without gaps
 * @param ordinal how many messages that count, which notices do not, stand at this place or before it
 * @param senderOrdinal how many of those its sender wrote
 * @param clientKey sender and client id in one, so that a second send of the same is recognised; null without a client id
 * @param mentions the members that it names, by user id
 * @param changes null while the message is as it was sent
 * @param outbox its events that may not have been published yet
 */
@Document(MessageStore.COLLECTION)
public record Message(
        @Id String id,
        String tenantId,
        String conversationId,
        long seq,
        long ordinal,
        long senderOrdinal,
        String senderId,
        SenderKind senderKind,
        @Nullable String clientId,
        @Nullable String clientKey,
        @Nullable String title,
        List<Block> blocks,
        @Nullable ReplyReference replyTo,
        @Nullable List<String> mentions,
        Instant createdAt,
        @Nullable MessageRevision changes,
        @Nullable List<PendingEvent> outbox,
        @Nullable Instant outboxSince) {

    public MessageSnapshot snapshot(UserSummary sender) {
        return new MessageSnapshot(
                id,
                tenantId,
                conversationId,
                seq,
                ordinal,
                senderOrdinal,
                sender,
                senderKind,
                title,
                blocks,
                replyTo,
                Objects.requireNonNullElse(mentions, List.of()),
                createdAt,
                changes);
    }

    /** What somebody wrote of it. */
    public MessageContent contents() {
        return new MessageContent(title, blocks, replyTo);
    }

    /** The same message with its contents in another form. */
    Message with(MessageContent contents) {
        return with(contents, mentions, changes);
    }

    public long revision() {
        return changes == null ? MessageRevision.NONE : changes.revision();
    }

    /** The message with another text; what else it holds stays. The same message if that is its text. */
    public Message withText(String text, List<String> mentioned, Instant now) {
        List<Block> edited = new ArrayList<>();
        edited.add(Block.Text.plain(text));
        blocks.stream().filter(block -> !(block instanceof Block.Text)).forEach(edited::add);
        return edited.equals(blocks)
                ? this
                : with(
                        new MessageContent(title, edited, replyTo),
                        mentioned,
                        MessageRevision.after(changes, now).edited());
    }

    public boolean isDeleted() {
        return changes != null && changes.deletedAt() != null;
    }

    /** @throws ApiException with {@link MessageError#DELETED} if this is a tombstone */
    public void requireContent() {
        if (isDeleted()) {
            throw ApiException.of(MessageError.DELETED, "The message was deleted");
        }
    }

    /** @throws ApiException with {@link MessageError#NOTICE} if this tells of a change of the membership */
    public void requireNoSystemMessage() {
        if (senderKind == SenderKind.SYSTEM) {
            throw ApiException.of(MessageError.NOTICE, "Nobody can change or mark a notice");
        }
    }

    public List<Reaction> reactions() {
        return changes == null ? List.of() : changes.reactions();
    }

    public Message withReactions(List<Reaction> reactions, Instant now) {
        return with(MessageRevision.after(changes, now).with(reactions));
    }

    public boolean isPinned() {
        return changes != null && changes.pin() != null;
    }

    public Message withPin(@Nullable Pin pin, Instant now) {
        return with(MessageRevision.after(changes, now).with(pin));
    }

    /** What stays in the place of a message that is deleted for everyone. */
    public Message tombstone(Instant now) {
        return with(
                new MessageContent(null, List.of(), null),
                List.of(),
                MessageRevision.after(changes, now).deleted());
    }

    /** The message as it is shown, without the preview of what it answers if that is not among the readable ones. */
    public Message withPreviewOnlyOf(Set<String> readable) {
        return replyTo == null || readable.contains(replyTo.messageId())
                ? this
                : with(new MessageContent(title, blocks, replyTo.withPreview("")));
    }

    private Message with(MessageRevision newChanges) {
        return with(contents(), mentions, newChanges);
    }

    private Message with(
            MessageContent newContents, @Nullable List<String> newMentions, @Nullable MessageRevision newChanges) {
        return new Message(
                id,
                tenantId,
                conversationId,
                seq,
                ordinal,
                senderOrdinal,
                senderId,
                senderKind,
                clientId,
                clientKey,
                newContents.title(),
                newContents.blocks(),
                newContents.replyTo(),
                newMentions,
                createdAt,
                newChanges,
                outbox,
                outboxSince);
    }

    /** What is said of the content where there is room for one line: at most {@code maxLength} characters. */
    public String preview(int maxLength) {
        for (Block block : blocks) {
            String text = words(block);
            if (!text.isBlank()) {
                return text.length() <= maxLength ? text : text.substring(0, wholeCharacters(text, maxLength));
            }
        }
        return "";
    }

    private static String words(Block block) {
        if (block instanceof Block.Text written) {
            return written.plainText();
        }
        if (block instanceof Block.Notice notice) {
            return notice.plainText();
        }
        return block instanceof Block.Media media ? media.filename() : "";
    }

    private static int wholeCharacters(String text, int length) {
        return Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    }
}
