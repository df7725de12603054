package dev.parley.conversation.receipt;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.Reading;
import dev.parley.conversation.Membership.Reading.Mark;
import dev.parley.conversation.Membership.Reading.Range;
import dev.parley.conversation.Membership.Reading.Stay;
import dev.parley.conversation.Membership.Window;
import dev.parley.conversation.MembershipStore;
import dev.parley.platform.error.ApiException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * How far the members of a conversation have come, and how far those had come who left, for receipts of single messages.
 */
@Component
public final class MemberPointers {

    /**
     * @param members the members now; empty if they are too many for receipts with names
     * @param former memberships that have ended, for as many former members as there may be members with names: those who
     *     left last. A member who came back has both
     * @param participantCount how many members there are now
     */
    public record Positions(List<Position> members, List<Position> former, int participantCount) {}

    /**
     * One membership of a user.
     *
     * @param fromSeq its first message
     * @param toSeq its last message; null while it lasts
     * @param readMessageId the message at {@code readSeq}; null if nothing was read, or in an earlier stay
     * @param marks when the member last read on, oldest first
     * @param skipped what is before the pointer and was not read
     */
    public record Position(
            String userId,
            long fromSeq,
            @Nullable Long toSeq,
            long readSeq,
            @Nullable String readMessageId,
            @Nullable Instant readAt,
            long deliveredSeq,
            @Nullable Instant deliveredAt,
            List<Mark> marks,
            List<Range> skipped) {

        boolean hasRead(long seq) {
            return Reading.isRead(seq, readSeq, skipped);
        }

        /** When the pointer passed a message first. Null if it never did: then it began behind the message. */
        @Nullable Instant readAt(long seq) {
            return marks.stream()
                    .filter(mark -> mark.seq() >= seq)
                    .findFirst()
                    .map(Mark::at)
                    .orElse(readAt);
        }

        /** Whether the message was sent to the member. What the pointer began behind was not, even if the member sees it. */
        boolean isRecipient(long seq) {
            return fromSeq <= seq && (toSeq == null || seq <= toSeq) && !(hasRead(seq) && readAt(seq) == null);
        }
    }

    /** What is read of a membership. */
    private record Reader(@Id String id, String userId, List<Window> windows, Pointer reading) {

        Position last() {
            Window window = windows.get(windows.size() - 1);
            return new Position(
                    userId,
                    window.fromSeq(),
                    window.toSeq(),
                    reading.readSeq(),
                    reading.readMessageId(),
                    reading.readAt(),
                    reading.deliveredSeq(),
                    reading.deliveredAt(),
                    reading.marks(),
                    orNone(reading.skipped()));
        }

        Stream<Position> earlier() {
            return orNone(reading.earlier()).stream()
                    .map(stay -> new Position(
                            userId,
                            stay.fromSeq(),
                            stay.toSeq(),
                            stay.readSeq(),
                            null,
                            stay.readAt(),
                            stay.deliveredSeq(),
                            stay.deliveredAt(),
                            List.of(),
                            orNone(stay.skipped())));
        }
    }

    private record Pointer(
            long readSeq,
            @Nullable String readMessageId,
            @Nullable Instant readAt,
            long deliveredSeq,
            @Nullable Instant deliveredAt,
            List<Mark> marks,
            @Nullable List<Range> skipped,
            @Nullable List<Stay> earlier) {}

    private final ReactiveMongoTemplate mongo;
    private final ConversationStore conversations;
    private final ReceiptSettings settings;

    MemberPointers(ReactiveMongoTemplate mongo, ConversationStore conversations, ReceiptSettings settings) {
        this.mongo = mongo;
        this.conversations = conversations;
        this.settings = settings;
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }

    /** @return fails with {@link ConversationError#NOT_FOUND} if there is no such conversation */
    public Mono<Positions> of(String conversationId) {
        return conversations
                .byIds(List.of(conversationId))
                .filter(conversation -> conversation.deletedAt() == null)
                .next()
                .switchIfEmpty(Mono.error(
                        () -> ApiException.of(ConversationError.NOT_FOUND, "No conversation " + conversationId)))
                .flatMap(conversation -> of(conversation, conversation.participantCount()));
    }

    /** @param participantCount how many members it has, where the conversation does not show that yet */
    Mono<Positions> of(Conversation conversation, int participantCount) {
        int most = settings.maxNamedReceipts();
        if (participantCount > most) {
            return Mono.just(new Positions(List.of(), List.of(), participantCount));
        }
        Query active = Query.query(MembershipStore.readersOf(conversation.id())).limit(most + 1);
        return find(active)
                .flatMap(members -> members.size() > most
                        ? Mono.just(new Positions(List.of(), List.of(), members.size()))
                        : find(lastLeavers(conversation.id(), most)).map(former -> positions(members, former)));
    }

    private static Query lastLeavers(String conversationId, int limit) {
        return Query.query(Criteria.where("conversationId")
                        .is(conversationId)
                        .and("active")
                        .is(false))
                .with(Sort.by(Sort.Direction.DESC, "changedSeq"))
                .limit(limit);
    }

    private static Positions positions(List<Reader> members, List<Reader> former) {
        List<Position> ended = new ArrayList<>();
        members.forEach(member -> member.earlier().forEach(ended::add));
        former.forEach(member -> {
            member.earlier().forEach(ended::add);
            ended.add(member.last());
        });
        return new Positions(members.stream().map(Reader::last).toList(), ended, members.size());
    }

    private Mono<List<Reader>> find(Query query) {
        query.fields()
                .include(
                        "userId",
                        "windows",
                        "reading.readSeq",
                        "reading.readMessageId",
                        "reading.readAt",
                        "reading.deliveredSeq",
                        "reading.deliveredAt",
                        "reading.marks",
                        "reading.skipped",
                        "reading.earlier");
        return mongo.find(query, Reader.class, mongo.getCollectionName(Membership.class))
                .collectList();
    }
}
