package dev.parley.conversation;

import dev.parley.events.Block;
import dev.parley.events.MessageRevision;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReceivedMessage;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.platform.id.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The messages of one conversation as message-service keeps them. */
final class TestMessageLog {

    static final int MAX_TOLD = 100;

    final String conversationId;
    final String tenantId;
    private final List<MessageSnapshot> messages = new ArrayList<>();
    private final Map<String, MessageSnapshot> notices = new HashMap<>();

    TestMessageLog(String conversationId, String tenantId) {
        this.conversationId = conversationId;
        this.tenantId = tenantId;
    }

    synchronized MessageSnapshot send(String senderId, String text) {
        return add(senderId, SenderKind.USER, List.of(Block.Text.plain(text)));
    }

    synchronized MessageSnapshot send(String senderId, Block... blocks) {
        return add(senderId, SenderKind.USER, List.of(blocks));
    }

    /** The same key is the same notice. */
    synchronized MessageSnapshot notice(String key, String actorId, Block.Notice notice) {
        return notices.computeIfAbsent(key, fresh -> add(actorId, SenderKind.SYSTEM, List.of(notice)));
    }

    private MessageSnapshot add(String senderId, SenderKind kind, List<Block> blocks) {
        boolean counts = kind != SenderKind.SYSTEM;
        MessageSnapshot message = new MessageSnapshot(
                Ids.next(),
                tenantId,
                conversationId,
                messages.size() + 1L,
                messages.stream().filter(TestMessageLog::counts).count() + (counts ? 1 : 0),
                counts ? written(senderId, messages.size()) + 1 : 0,
                new UserSummary(senderId, senderId, senderId, null),
                kind,
                null,
                blocks,
                null,
                List.of(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                null);
        messages.add(message);
        return message;
    }

    /** The message after it was deleted for everyone. */
    synchronized MessageSnapshot delete(MessageSnapshot message) {
        return change(
                message,
                List.of(),
                MessageRevision.after(at(message.seq()).changes(), Instant.now())
                        .deleted());
    }

    synchronized MessageSnapshot edit(MessageSnapshot message, String text) {
        return change(
                message,
                List.of(Block.Text.plain(text)),
                MessageRevision.after(at(message.seq()).changes(), Instant.now())
                        .edited());
    }

    private MessageSnapshot change(MessageSnapshot message, List<Block> blocks, MessageRevision changes) {
        MessageSnapshot changed = new MessageSnapshot(
                message.id(),
                tenantId,
                conversationId,
                message.seq(),
                message.ordinal(),
                message.senderOrdinal(),
                message.sender(),
                message.senderKind(),
                null,
                blocks,
                null,
                List.of(),
                message.createdAt(),
                changes);
        messages.set((int) message.seq() - 1, changed);
        return changed;
    }

    synchronized MessageSnapshot at(long seq) {
        return messages.get((int) seq - 1);
    }

    synchronized int size() {
        return messages.size();
    }

    /** How many messages somebody wrote up to a position. */
    synchronized long written(String userId, long seq) {
        return messages.stream()
                .limit(seq)
                .filter(message -> counts(message) && message.sender().id().equals(userId))
                .count();
    }

    /** How many messages count as unread up to a position. */
    synchronized long ordinal(long seq) {
        return messages.stream().limit(seq).filter(TestMessageLog::counts).count();
    }

    /** Those of others between two positions that still count, the newest hundred. */
    synchronized List<ReceivedMessage> received(String userId, long afterSeq, long toSeq) {
        List<ReceivedMessage> received = messages.stream()
                .filter(message -> message.seq() > afterSeq && message.seq() <= toSeq)
                .filter(message -> counts(message) && !isDeleted(message))
                .filter(message -> !message.sender().id().equals(userId))
                .map(message -> new ReceivedMessage(
                        message.id(), message.seq(), message.sender().id()))
                .toList();
        return received.subList(Math.max(0, received.size() - MAX_TOLD), received.size());
    }

    static boolean counts(MessageSnapshot message) {
        return message.senderKind() != SenderKind.SYSTEM;
    }

    static boolean isDeleted(MessageSnapshot message) {
        return message.changes() != null && message.changes().deletedAt() != null;
    }
}
