package dev.parley.message.messagelog;

import dev.parley.events.Block;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.message.encryption.ContentSealer;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessagePosition;
import dev.parley.message.store.MessageSender;
import dev.parley.message.store.PendingEvents;
import dev.parley.platform.encryption.ContentFingerprint;
import dev.parley.platform.encryption.MessageContent;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.id.Ids;
import dev.parley.platform.trace.TraceSpan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * A message that is to be appended, and has no position yet.
 *
 * @param clientId what the sender's client calls it: a second message of the same sender with this id is the same message.
 *     That of a system message is unique in its conversation, whoever the actor is, and no client sees it
 * @param mentions the members whom it mentions, by user id
 * @param creation the event of the conversation's creation, if that may not be published yet. The first message of a
 *     conversation carries it, so that it is published before all messages; whoever created the conversation publishes it too
 * @param traceparent of its sending, as {@link TraceSpan#kept}; null if that is in no trace
 */
public record NewMessage(
        String id,
        String tenantId,
        String conversationId,
        UserSummary sender,
        SenderKind senderKind,
        @Nullable String clientId,
        MessageContent content,
        List<String> mentions,
        @Nullable PendingEvent creation,
        @Nullable String traceparent) {

    /** What the client key of a system message begins with; no user has such an id. */
    private static final String SYSTEM_MESSAGE_KEY = "notice:";

    private static final long FIRST_SEQ = 1;

    /** A message that tells of a change of the membership. */
    public static NewMessage system(
            String tenantId,
            String conversationId,
            String key,
            UserSummary actor,
            Block.Notice notice,
            @Nullable PendingEvent creation) {
        return new NewMessage(
                Ids.next(),
                tenantId,
                conversationId,
                actor,
                SenderKind.SYSTEM,
                key,
                new MessageContent(null, List.of(notice), null),
                List.of(),
                creation,
                null);
    }

    /** The same, sent by the work whose context this is. */
    NewMessage in(ContextView context) {
        String kept = TraceSpan.kept(context);
        return kept == null
                ? this
                : new NewMessage(
                        id, tenantId, conversationId, sender, senderKind, clientId, content, mentions, creation, kept);
    }

    @Nullable String clientKey() {
        if (clientId == null) {
            return null;
        }
        return isSystemMessage()
                ? SYSTEM_MESSAGE_KEY + conversationId + "/" + clientId
                : MessageSender.clientKey(sender.id(), clientId);
    }

    boolean isSystemMessage() {
        return senderKind == SenderKind.SYSTEM;
    }

    /** The message at its position with its {@code message.created}. Only the content of the event is sealed here. */
    Message at(MessagePosition position, EventCodec events, ContentSealer sealer) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String clientIdForSender = isSystemMessage() ? null : clientId;
        MessageSnapshot snapshot = new MessageSnapshot(
                id,
                tenantId,
                conversationId,
                position.seq(),
                position.ordinal(),
                position.senderOrdinal(),
                sender,
                senderKind,
                content.title(),
                content.blocks(),
                content.replyTo(),
                mentions,
                now,
                null);
        MessageCreated created = new MessageCreated(sealer.seal(snapshot), clientIdForSender);
        PendingEvent event = events.pending(created, position.seq(), now).writtenBy(traceparent);
        return new Message(
                id,
                tenantId,
                conversationId,
                position,
                new MessageSender(
                        sender.id(),
                        senderKind,
                        clientIdForSender,
                        clientKey(),
                        clientIdForSender == null
                                ? null
                                : sealer.storedForm(ContentFingerprint.of(conversationId, content))),
                content,
                mentions,
                now,
                null,
                null,
                creation != null && position.seq() == FIRST_SEQ
                        ? PendingEvents.of(creation, event)
                        : PendingEvents.of(event));
    }
}
