package dev.parley.message.timeline;

import dev.parley.events.Block;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReplyReference;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that has no place yet.
 *
 * @param mentions the members that it names, by user id
 * @param clientId what the sender calls it: a second send with the same name is the same message
 */
public record Draft(
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

    @Nullable String clientKey() {
        return clientId == null ? null : sender.id() + "/" + clientId;
    }

    /** The message at its place, with the event that tells of it. */
    Message at(long seq, EventCodec events) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        MessageSnapshot snapshot = new MessageSnapshot(
                id,
                tenantId,
                conversationId,
                seq,
                0,
                0,
                sender,
                senderKind,
                title,
                blocks,
                replyTo,
                mentions,
                now,
                null);
        MessageCreated created = new MessageCreated(snapshot, clientId);
        PendingEvent event = events.pending(created, seq, now);
        return new Message(
                id,
                tenantId,
                conversationId,
                seq,
                sender.id(),
                senderKind,
                clientId,
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
