package dev.parley.conversation.receipt;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.messageservice.MessageServiceClient;
import dev.parley.conversation.messageservice.UnreadRange;
import dev.parley.conversation.receipt.MemberPointers.Position;
import dev.parley.conversation.receipt.MemberPointers.Positions;
import dev.parley.events.ConversationKind;
import dev.parley.events.ReceiptCompleted;
import dev.parley.events.ReceiptCompleted.LastReading;
import dev.parley.events.ReceivedMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Finds the messages that are read by all because somebody left who had not read them. Of members who left, nobody is
 * waited for any more; somebody must have read a message for it to be read.
 */
@Component
public final class ReceiptCompletion {

    /** The last who read a message, and when. */
    private record Reader(String userId, Instant at) {}

    private final MemberPointers pointers;
    private final MessageServiceClient messageService;

    ReceiptCompletion(MemberPointers pointers, MessageServiceClient messageService) {
        this.pointers = pointers;
        this.messageService = messageService;
    }

    /**
     * The receipts that a leaving completes, once the memberships are changed. It costs a question to message-service only if
     * somebody else has read further than who left.
     *
     * @param leavers the users who left
     * @param participantCount how many members there are afterwards
     * @param seq of the system message about the leaving
     * @return the newest hundred messages at most; empty if there are none
     */
    public Mono<ReceiptCompleted> byLeaving(
            Conversation conversation, Collection<String> leavers, int participantCount, long seq) {
        if (leavers.isEmpty() || conversation.kind() != ConversationKind.GROUP) {
            return Mono.empty();
        }
        return pointers.of(conversation, participantCount)
                .flatMap(positions -> completed(conversation, positions, leavers, seq));
    }

    private Mono<ReceiptCompleted> completed(
            Conversation conversation, Positions positions, Collection<String> leavers, long seq) {
        List<Position> left = positions.former().stream()
                .filter(position -> leavers.contains(position.userId()))
                .filter(position -> Objects.equals(position.toSeq(), seq))
                .toList();
        long afterSeq =
                left.stream().mapToLong(ReceiptCompletion::readWithoutGap).min().orElse(Long.MAX_VALUE);
        Optional<String> furthest = all(positions)
                .filter(position -> position.readMessageId() != null && position.readSeq() > afterSeq)
                .max(Comparator.comparingLong(Position::readSeq))
                .map(Position::readMessageId);
        return Mono.justOrEmpty(furthest).flatMap(messageId -> messageService
                .ofAll(conversation.tenantId(), conversation.id(), messageId, afterSeq)
                .map(UnreadRange::messages)
                .map(messages -> readings(messages, positions, left))
                .filter(readings -> !readings.isEmpty())
                .map(readings -> new ReceiptCompleted(conversation.id(), conversation.tenantId(), seq, readings)));
    }

    /** Up to where somebody has read everything. */
    private static long readWithoutGap(Position position) {
        return position.skipped().stream()
                .mapToLong(range -> range.fromSeq() - 1)
                .min()
                .orElse(position.readSeq());
    }

    private static Stream<Position> all(Positions positions) {
        return Stream.concat(positions.members().stream(), positions.former().stream());
    }

    private static List<LastReading> readings(
            List<ReceivedMessage> messages, Positions positions, List<Position> left) {
        Map<String, List<ReceivedMessage>> byReader = new LinkedHashMap<>();
        Map<String, Instant> at = new LinkedHashMap<>();
        for (ReceivedMessage message : messages) {
            boolean waitedForWhoLeft = left.stream().anyMatch(position -> isWaitedFor(position, message));
            boolean isWaiting = positions.members().stream().anyMatch(position -> isWaitedFor(position, message));
            if (waitedForWhoLeft && !isWaiting) {
                lastReader(positions, message).ifPresent(reader -> {
                    byReader.computeIfAbsent(reader.userId(), first -> new ArrayList<>())
                            .add(message);
                    at.merge(reader.userId(), reader.at(), (one, other) -> one.isAfter(other) ? one : other);
                });
            }
        }
        return byReader.entrySet().stream()
                .map(entry -> new LastReading(
                        entry.getKey(), Objects.requireNonNull(at.get(entry.getKey())), entry.getValue()))
                .toList();
    }

    private static boolean isWaitedFor(Position position, ReceivedMessage message) {
        return isRecipient(position, message) && !position.hasRead(message.seq());
    }

    private static boolean isRecipient(Position position, ReceivedMessage message) {
        return !position.userId().equals(message.senderId()) && position.isRecipient(message.seq());
    }

    private static Optional<Reader> lastReader(Positions positions, ReceivedMessage message) {
        return all(positions)
                .filter(position -> isRecipient(position, message) && position.hasRead(message.seq()))
                .map(position -> new Reader(position.userId(), Objects.requireNonNull(position.readAt(message.seq()))))
                .max(Comparator.comparing(Reader::at));
    }
}
