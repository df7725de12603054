package dev.parley.conversation.receipt;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationSnapshot;
import dev.parley.conversation.ConversationSnapshot.Pointer;
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
    private record Reader(@Id String id, String userId, List<Window> windows, Reading reading) {}

    private record Reading(
            long readSeq,
            @Nullable Instant readAt,
            long deliveredSeq,
            @Nullable Instant deliveredAt,
            List<Mark> marks) {}

    private final ReactiveMongoTemplate mongo;
    private final ConversationStore conversations;
    private final MembershipStore memberships;
    private final ReceiptSettings settings;

    MemberPointers(
            ReactiveMongoTemplate mongo,
            ConversationStore conversations,
            MembershipStore memberships,
            ReceiptSettings settings) {
        this.mongo = mongo;
        this.conversations = conversations;
        this.memberships = memberships;
        this.settings = settings;
    }

    /** @return fails with {@link ConversationError#NOT_FOUND} if there is no such conversation */
    public Mono<Positions> of(String conversationId) {
        return find(conversationId).flatMap(this::now);
    }

    /**
     * What a former member sees: how far the members were when the former member left. Of somebody else, how far they are.
     *
     * @return fails with {@link ConversationError#NOT_FOUND} if there is no such conversation
     */
    public Mono<Positions> seenBy(String conversationId, String userId) {
        return find(conversationId).flatMap(conversation -> memberships
                .of(conversationId, userId)
                .flatMap(membership -> Mono.justOrEmpty(membership.left())
                        .filter(left -> !membership.active())
                        .zipWith(Mono.justOrEmpty(membership.farewell()))
                        .flatMap(both ->
                                then(conversationId, both.getT1(), both.getT2().createdAt())))
                .switchIfEmpty(Mono.defer(() -> now(conversation))));
    }

    /** The marks of then are looked for among those of now; the newest are kept, so that old ones may be missing. */
    private Mono<Positions> then(String conversationId, ConversationSnapshot left, Instant leftAt) {
        List<String> userIds = left.pointers().stream().map(Pointer::userId).toList();
        return memberships
                .of(conversationId, userIds)
                .collectMap(Membership::userId, member -> member.reading().marks().stream()
                        .filter(mark -> !mark.at().isAfter(leftAt))
                        .toList())
                .map(marks -> new Positions(
                        left.pointers().stream()
                                .map(pointer -> position(pointer, marks.getOrDefault(pointer.userId(), List.of())))
                                .toList(),
                        left.participantCount()));
    }

    private static Position position(Pointer pointer, List<Mark> marks) {
        return new Position(
                pointer.userId(),
                pointer.fromSeq(),
                pointer.readSeq(),
                pointer.readAt(),
                pointer.deliveredSeq(),
                pointer.deliveredAt(),
                marks);
    }

    private Mono<Conversation> find(String conversationId) {
        return conversations
                .byIds(List.of(conversationId))
                .filter(conversation -> conversation.deletedAt() == null)
                .next()
                .switchIfEmpty(Mono.error(
                        () -> ApiException.of(ConversationError.NOT_FOUND, "No conversation " + conversationId)));
    }

    /** How far the members are now. */
    public Mono<Positions> now(Conversation conversation) {
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
        Reading reading = member.reading();
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
