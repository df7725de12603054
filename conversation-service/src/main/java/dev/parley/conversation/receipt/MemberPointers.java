package dev.parley.conversation.receipt;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.Reading.Mark;
import dev.parley.conversation.Membership.Window;
import dev.parley.conversation.MembershipStore;
import dev.parley.platform.error.ApiException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** How far the members of a conversation have come, for receipts of single messages. */
@Component
public final class MemberPointers {

    /**
     * @param members the members now; empty if they are too many for receipts with names
     * @param participantCount how many they are
     */
    public record Positions(List<Position> members, int participantCount) {}

    /**
     * @param fromSeq the first message of the present membership
     * @param marks when the member last read on, oldest first
     */
    public record Position(
            String userId,
            long fromSeq,
            long readSeq,
            @Nullable Instant readAt,
            long deliveredSeq,
            @Nullable Instant deliveredAt,
            List<Mark> marks) {}

    /** What is read of a membership. */
    private record Reader(@Id String id, String userId, List<Window> windows, Pointer reading) {}

    private record Pointer(
            long readSeq,
            @Nullable Instant readAt,
            long deliveredSeq,
            @Nullable Instant deliveredAt,
            List<Mark> marks) {}

    private final ReactiveMongoTemplate mongo;
    private final ConversationStore conversations;
    private final ReceiptSettings settings;

    MemberPointers(ReactiveMongoTemplate mongo, ConversationStore conversations, ReceiptSettings settings) {
        this.mongo = mongo;
        this.conversations = conversations;
        this.settings = settings;
    }

    /** @return fails with {@link ConversationError#NOT_FOUND} if there is no such conversation */
    public Mono<Positions> of(String conversationId) {
        return conversations
                .byIds(List.of(conversationId))
                .filter(conversation -> conversation.deletedAt() == null)
                .next()
                .switchIfEmpty(Mono.error(
                        () -> ApiException.of(ConversationError.NOT_FOUND, "No conversation " + conversationId)))
                .flatMap(this::of);
    }

    private Mono<Positions> of(Conversation conversation) {
        int most = settings.maxNamedReceipts();
        if (conversation.participantCount() > most) {
            return Mono.just(new Positions(List.of(), conversation.participantCount()));
        }
        Query active = Query.query(MembershipStore.readersOf(conversation.id())).limit(most + 1);
        active.fields()
                .include(
                        "userId",
                        "windows",
                        "reading.readSeq",
                        "reading.readAt",
                        "reading.deliveredSeq",
                        "reading.deliveredAt",
                        "reading.marks");
        return mongo.find(active, Reader.class, mongo.getCollectionName(Membership.class))
                .map(MemberPointers::position)
                .collectList()
                .map(members -> new Positions(members.size() > most ? List.of() : members, members.size()));
    }

    private static Position position(Reader member) {
        List<Window> windows = member.windows();
        Pointer reading = member.reading();
        return new Position(
                member.userId(),
                windows.get(windows.size() - 1).fromSeq(),
                reading.readSeq(),
                reading.readAt(),
                reading.deliveredSeq(),
                reading.deliveredAt(),
                reading.marks());
    }
}
