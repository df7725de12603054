package dev.parley.message.log;

import dev.parley.events.Block;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReplyReference;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.message.encryption.ConversationEncryptor;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessagePosition;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that has no place yet.
 *
 * @param clientId what the sender calls it: a second send with the same name is the same message. A notice's is known to
 *     its conversation, whoever sends it, and to no client
 * @param mentions the members that it names, by user id
 */
public record NewMessage(
        String id,
        String tenantId,
        String conversationId,
        UserSummary sender,
        SenderKind senderKind,
        @Nullable String clientId,
        @Nullable String title,
        List<Block> blocks,
        @Nullable ReplyReference replyTo,
        List<String> mentions) {

    /** What the key of a notice begins with; no user has such an id. */
    private static final String NOTICE = "notice:";

    @Nullable String clientKey() {
        if (clientId == null) {
            return null;
        }
        return isNotice() ? NOTICE + conversationId + "/" + clientId : sender.id() + "/" + clientId;
    }

    boolean isNotice() {
        return senderKind == SenderKind.SYSTEM;
    }

    /** The message at its place, with the event that tells of it: the event sealed, the message not. */
    Message at(MessagePosition place, EventCodec events, ConversationEncryptor encryptor) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String nameForSender = isNotice() ? null : clientId;
        MessageSnapshot snapshot = new MessageSnapshot(
                id,
                tenantId,
                conversationId,
                place.seq(),
                place.ordinal(),
                place.senderOrdinal(),
                sender,
                senderKind,
                title,
                blocks,
                replyTo,
                mentions,
                now,
                null);
        MessageCreated created = new MessageCreated(encryptor.encrypt(snapshot), nameForSender);
        PendingEvent event = events.pending(created, place.seq(), now);
        return new Message(
                id,
                tenantId,
                conversationId,
                place.seq(),
                place.ordinal(),
                place.senderOrdinal(),
                sender.id(),
                senderKind,
                nameForSender,
                clientKey(),
                title,
                blocks,
                replyTo,
                mentions,
                now,
                null,
                List.of(event),
                now);
    }
}
