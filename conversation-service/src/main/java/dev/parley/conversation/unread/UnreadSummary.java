package dev.parley.conversation.unread;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.Progress;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.RecentChanges;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * What a user has not read, in all conversations, with all that the user was told. Two queries and a question to
 * message-service, however many conversations there are; the queries again if the question brought news.
 */
@Component
public final class UnreadSummary {

    /** @param unreadCount at least one */
    public record Count(String conversationId, long unreadCount) {}

    private record Counted(
            @Id String id,
            long lastSeq,
            Progress progress,
            @Nullable Instant deletedAt) {}

    private record Entry(Counted conversation, Membership member) {}

    private final ReactiveMongoTemplate mongo;
    private final MembershipStore memberships;
    private final RecentChanges recentChanges;

    UnreadSummary(ReactiveMongoTemplate mongo, MembershipStore memberships, RecentChanges recentChanges) {
        this.recentChanges = recentChanges;
        this.mongo = mongo;
        this.memberships = memberships;
    }

    /** The conversations in which the caller has unread messages. */
    public Mono<List<Count>> of(Caller caller) {
        return recentChanges
                .upToDate(caller.userId(), all(caller), UnreadSummary::positions)
                .map(entries -> entries.stream()
                        .filter(entry -> entry.member().listed())
                        .map(entry -> count(entry.conversation(), entry.member()))
                        .filter(count -> count.unreadCount() > 0)
                        .toList());
    }

    private static Map<String, Long> positions(List<Entry> entries) {
        return entries.stream().map(Entry::conversation).collect(Collectors.toMap(Counted::id, Counted::lastSeq));
    }

    /** Also those that a new message brings back. */
    private Mono<List<Entry>> all(Caller caller) {
        return memberships
                .ofUser(caller.userId())
                .filter(Membership::mayRead)
                .collectMap(Membership::conversationId)
                .flatMap(this::entries);
    }

    private Mono<List<Entry>> entries(Map<String, Membership> members) {
        Query conversations =
                Query.query(Criteria.where("_id").in(members.keySet())).cursorBatchSize(MembershipStore.MAX_PER_USER);
        conversations.fields().include("lastSeq", "progress", "deletedAt");
        return mongo.find(conversations, Counted.class, mongo.getCollectionName(Conversation.class))
                .filter(conversation -> conversation.deletedAt() == null)
                .map(conversation -> new Entry(conversation, Objects.requireNonNull(members.get(conversation.id()))))
                .collectList();
    }

    private static Count count(Counted conversation, Membership member) {
        return new Count(
                conversation.id(), UnreadCount.count(member.reading(), member.userId(), conversation.progress()));
    }
}
