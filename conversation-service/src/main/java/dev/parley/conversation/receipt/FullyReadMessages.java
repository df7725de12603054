package dev.parley.conversation.receipt;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.Reading;
import dev.parley.conversation.Membership.Reading.Range;
import dev.parley.conversation.MembershipStore;
import dev.parley.events.ConversationKind;
import dev.parley.events.ReceivedMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds the messages that all their recipients have read. */
@Component
public final class FullyReadMessages {

    private record Reader(@Id String id, String userId, Position reading) {}

    private record Position(long readSeq, @Nullable List<Range> skipped) {}

    private final ReactiveMongoTemplate mongo;
    private final ReceiptSettings settings;

    FullyReadMessages(ReactiveMongoTemplate mongo, ReceiptSettings settings) {
        this.mongo = mongo;
        this.settings = settings;
    }

    /**
     * Those of the messages that all members but their senders have read, now that the reader's pointer is written: of
     * those who read the last of it at the same moment at least one sees that it is complete.
     *
     * @param messages others wrote them, and the reader has read them; oldest first
     * @return in the same order; empty for conversations that are too large for named receipts
     */
    public Mono<List<ReceivedMessage>> among(Conversation conversation, List<ReceivedMessage> messages) {
        return among(conversation.id(), conversation.kind(), conversation.participantCount(), messages);
    }

    /** Like {@link #among(Conversation, List)}; for a group it does not matter which of the members has read a message. */
    Mono<List<ReceivedMessage>> among(
            String conversationId, ConversationKind kind, int participantCount, List<ReceivedMessage> messages) {
        if (kind != ConversationKind.GROUP || messages.isEmpty()) {
            return Mono.just(messages);
        }
        if (participantCount > settings.maxNamedReceipts()) {
            return Mono.just(List.of());
        }
        Query active = Query.query(MembershipStore.readersOf(conversationId)).limit(settings.maxNamedReceipts() + 1);
        active.fields().include("userId", "reading.readSeq", "reading.skipped");
        return mongo.find(active, Reader.class, mongo.getCollectionName(Membership.class))
                .collectList()
                .map(readers -> readers.size() > settings.maxNamedReceipts()
                        ? List.of()
                        : messages.stream()
                                .filter(message -> isFullyRead(message, readers))
                                .toList());
    }

    private static boolean isFullyRead(ReceivedMessage message, List<Reader> readers) {
        return readers.stream()
                .filter(reader -> !reader.userId().equals(message.senderId()))
                .map(Reader::reading)
                .allMatch(reading -> Reading.isRead(message.seq(), reading.readSeq(), reading.skipped()));
    }
}
