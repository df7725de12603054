package dev.parley.surface.chatcore;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.parley.events.Block;
import dev.parley.events.MessageRevision;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Pin;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message in the form of {@code /api/v1}, the same in an answer and in an event.
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
    public static MessageView of(MessageSnapshot message, @Nullable String tempId) {
        return of(message, tempId, false, DeliveryView.SENT);
    }

    /** @param starred whether the viewer has marked it */
    public static MessageView of(
            MessageSnapshot message, @Nullable String tempId, boolean starred, DeliveryView delivery) {
        String encrypted = message.blocks().stream()
                .filter(Block.Encrypted.class::isInstance)
                .map(block -> ((Block.Encrypted) block).content())
                .findFirst()
                .orElse(null);
        MessageRevision changes = message.changes();
        Pin pin = changes == null ? null : changes.pin();
        Instant editedAt = changes == null ? null : changes.editedAt();
        return new MessageView(
                message.id(),
                message.tenantId(),
                message.conversationId(),
                message.seq(),
                message.sender().id(),
                SenderView.of(message.sender()),
                ContentView.of(message.blocks(), message.senderKind()),
                message.replyTo() == null ? null : ReplyView.of(message.replyTo()),
                message.mentions(),
                changes == null
                        ? List.of()
                        : changes.reactions().stream().map(ReactionView::of).toList(),
                changes != null && changes.deletedAt() != null ? "deleted" : "sent",
                delivery.status(),
                delivery.readBy(),
                editedAt != null,
                editedAt,
                starred,
                pin != null,
                pin == null ? null : pin.userId(),
                pin == null ? null : pin.at(),
                tempId,
                encrypted == null ? null : true,
                encrypted == null ? null : "client",
                encrypted,
                message.createdAt(),
                message.createdAt(),
                changes == null ? message.createdAt() : changes.updatedAt());
    }
}
