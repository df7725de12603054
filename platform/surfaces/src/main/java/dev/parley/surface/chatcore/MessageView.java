package dev.parley.surface.chatcore;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.parley.events.Block;
import dev.parley.events.MessageRevision;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Pin;
import dev.parley.platform.file.FileUrls;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message in the form of {@code /api/v1}, the same in an answer and in an event. It is written once for each message that
 * anybody sees, so its members stand here side by side as they do in the JSON: unwrapping nested records takes longer.
 *
 * @param deliveryStatus {@code sent}, {@code delivered} or {@code read}
 * @param encryptedContent JSON as its sender wrote it
 * @param status {@code sent}, or {@code deleted} for a tombstone
 */
public record MessageView(
        String id,
        String tenantId,
        String conversationId,
        long seq,
        String senderId,
        SenderView sender,
        ContentView content,
        @Nullable ReplyView replyTo,
        List<String> mentions,
        List<ReactionView> reactions,
        String status,
        String deliveryStatus,
        List<ReadByView> readBy,
        boolean isEdited,
        @Nullable Instant editedAt,
        boolean isStarred,
        boolean isPinned,
        @Nullable String pinnedBy,
        @Nullable Instant pinnedAt,
        @Nullable String tempId,
        @Nullable Boolean isEncrypted,
        @Nullable String encryptionMode,
        @JsonRawValue @Nullable String encryptedContent,
        Instant sentAt,
        Instant createdAt,
        Instant updatedAt) {

    /** @param tempId the sender's own name for it; null for every other viewer */
    public static MessageView of(MessageSnapshot message, @Nullable String tempId, FileUrls urls) {
        return of(message, tempId, false, DeliveryView.SENT, urls);
    }

    /** @param starred whether the viewer has marked it */
    public static MessageView of(
            MessageSnapshot message, @Nullable String tempId, boolean starred, DeliveryView delivery, FileUrls urls) {
        Changes changes = Changes.of(message);
        Encryption encryption = Encryption.of(message.blocks());
        return new MessageView(
                message.id(),
                message.tenantId(),
                message.conversationId(),
                message.seq(),
                message.sender().id(),
                SenderView.of(message.sender(), urls),
                ContentView.of(message.blocks(), message.senderKind(), urls),
                message.replyTo() == null ? null : ReplyView.of(message.replyTo()),
                message.mentions(),
                changes.reactions(),
                changes.status(),
                delivery.status(),
                delivery.readBy(),
                changes.editedAt() != null,
                changes.editedAt(),
                starred,
                changes.pinnedBy() != null,
                changes.pinnedBy(),
                changes.pinnedAt(),
                tempId,
                encryption.isEncrypted(),
                encryption.mode(),
                encryption.content(),
                message.createdAt(),
                message.createdAt(),
                changes.updatedAt());
    }

    /** What happened to a message since it was sent. */
    private record Changes(
            String status,
            List<ReactionView> reactions,
            @Nullable Instant editedAt,
            @Nullable String pinnedBy,
            @Nullable Instant pinnedAt,
            Instant updatedAt) {

        static Changes of(MessageSnapshot message) {
            MessageRevision changes = message.changes();
            if (changes == null) {
                return new Changes("sent", List.of(), null, null, null, message.createdAt());
            }
            Pin pin = changes.pin();
            return new Changes(
                    changes.deletedAt() == null ? "sent" : "deleted",
                    changes.reactions().stream().map(ReactionView::of).toList(),
                    changes.editedAt(),
                    pin == null ? null : pin.userId(),
                    pin == null ? null : pin.at(),
                    changes.updatedAt());
        }
    }

    /** How a message's sender encrypted it; all null if the sender did not. */
    private record Encryption(
            @Nullable Boolean isEncrypted,
            @Nullable String mode,
            @Nullable String content) {

        static Encryption of(List<Block> blocks) {
            return blocks.stream()
                    .filter(Block.Encrypted.class::isInstance)
                    .map(block -> new Encryption(true, "client", ((Block.Encrypted) block).content()))
                    .findFirst()
                    .orElse(new Encryption(null, null, null));
        }
    }
}
