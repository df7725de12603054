package dev.parley.conversation.receipt;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.receipt.ReceiptProgress.Reached;
import dev.parley.events.ConversationKind;
import dev.parley.events.ReceiptRead;
import dev.parley.events.ReceivedMessage;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Brings conversations up to date with receipts, after a crash between the write of the pointer and theirs. */
@Component
public final class ReceiptRecovery {

    private record Progress(long deliveredSeq, long fullyReadSeq) {}

    /** The fields of a conversation that show whether a receipt is missing in it. */
    private record Head(@Id String id, ConversationKind kind, int participantCount, Progress progress) {

        boolean lacks(ReceivedMessage message) {
            return message.seq() > progress.fullyReadSeq() || message.seq() > progress.deliveredSeq();
        }
    }

    private final ReactiveMongoTemplate mongo;
    private final FullyReadMessages fullyRead;
    private final ReceiptProgress receipts;

    ReceiptRecovery(ReactiveMongoTemplate mongo, FullyReadMessages fullyRead, ReceiptProgress receipts) {
        this.mongo = mongo;
        this.fullyRead = fullyRead;
        this.receipts = receipts;
    }

    /** One query for all, and one for each conversation that does not show everything as read by all yet. */
    public Mono<Void> note(Collection<ReceiptRead> read) {
        Map<String, List<ReceivedMessage>> messages = read.stream()
                .filter(receipt -> !receipt.messages().isEmpty())
                .collect(Collectors.groupingBy(
                        ReceiptRead::conversationId,
                        Collectors.flatMapping(receipt -> receipt.messages().stream(), Collectors.toList())));
        if (messages.isEmpty()) {
            return Mono.empty();
        }
        Query heads = Query.query(Criteria.where("_id").in(messages.keySet()));
        heads.fields().include("kind", "participantCount", "progress.deliveredSeq", "progress.fullyReadSeq");
        return mongo.find(heads, Head.class, mongo.getCollectionName(Conversation.class))
                .concatMap(head -> reached(head, Objects.requireNonNull(messages.get(head.id()))))
                .collectList()
                .flatMap(receipts::note);
    }

    private Mono<Reached> reached(Head head, List<ReceivedMessage> read) {
        List<ReceivedMessage> news = read.stream()
                .filter(head::lacks)
                .distinct()
                .sorted(Comparator.comparingLong(ReceivedMessage::seq))
                .toList();
        return news.isEmpty()
                ? Mono.empty()
                : fullyRead
                        .among(head.id(), head.kind(), head.participantCount(), news)
                        .map(full -> Reached.of(head.id(), news, full))
                        .filter(reached -> reached.deliveredSeq()
                                        > head.progress().deliveredSeq()
                                || reached.fullyReadSeq() > head.progress().fullyReadSeq());
    }
}
