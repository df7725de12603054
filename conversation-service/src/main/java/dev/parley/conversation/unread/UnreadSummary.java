package dev.parley.conversation.unread;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.Progress;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipStore;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What a user has not read, in all conversations. Two queries, however many conversations there are. */
@Component
public final class UnreadSummary {

    /** @param unreadCount at least one */
    public record Count(String conversationId, long unreadCount) {}

    private record Counted(
            @Id String id, Progress progress, @Nullable Instant deletedAt) {}

    private final ReactiveMongoTemplate mongo;
    private final MembershipStore memberships;

    UnreadSummary(ReactiveMongoTemplate mongo, MembershipStore memberships) {
        this.mongo = mongo;
        this.memberships = memberships;
    }

    /** The conversations in which the caller has unread messages. */
    public Mono<List<Count>> of(Caller caller) {
        return memberships
                .ofUser(caller.userId())
                .filter(Membership::listed)
                .collectMap(Membership::conversationId)
                .flatMap(this::counts);
    }

    private Mono<List<Count>> counts(Map<String, Membership> members) {
        Query conversations =
                Query.query(Criteria.where("_id").in(members.keySet())).cursorBatchSize(MembershipStore.MAX_PER_USER);
        conversations.fields().include("progress", "deletedAt");
        return mongo.find(conversations, Counted.class, mongo.getCollectionName(Conversation.class))
                .filter(conversation -> conversation.deletedAt() == null)
                .map(conversation -> count(conversation, Objects.requireNonNull(members.get(conversation.id()))))
                .filter(count -> count.unreadCount() > 0)
                .collectList();
    }

    private static Count count(Counted conversation, Membership member) {
        return new Count(
                conversation.id(), UnreadCount.count(member.reading(), member.userId(), conversation.progress()));
    }
}
