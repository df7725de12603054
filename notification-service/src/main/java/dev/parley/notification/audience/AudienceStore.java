package dev.parley.notification.audience;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds what is known of conversations and of those who are or were in them. */
@Component
final class AudienceStore {

    static final String CONVERSATIONS = "audienceConversations";
    static final String MEMBERS = "audienceMembers";

    private final ReactiveMongoTemplate mongo;

    AudienceStore(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    Mono<StoredConversation> conversation(String id) {
        return mongo.findById(id, StoredConversation.class);
    }

    Mono<Map<String, StoredConversation>> conversations(Collection<String> ids) {
        return mongo.find(withIds(ids), StoredConversation.class).collectMap(StoredConversation::id);
    }

    Mono<Map<String, StoredMember>> members(Collection<String> ids) {
        return ids.isEmpty()
                ? Mono.just(Map.of())
                : mongo.find(withIds(ids), StoredMember.class).collectMap(StoredMember::id);
    }

    private static Query withIds(Collection<String> ids) {
        return Query.query(Criteria.where("_id").in(ids)).cursorBatchSize(ids.size() + 1);
    }

    /** Those who are members now and may read, in the order of their user ids. */
    Flux<StoredMember> readers(String conversationId, @Nullable String afterUserId, int limit) {
        Criteria readers = Criteria.where("conversationId")
                .is(conversationId)
                .and("reader")
                .is(true);
        Criteria page = afterUserId == null ? readers : readers.and("userId").gt(afterUserId);
        return mongo.find(
                Query.query(page).with(Sort.by("userId")).limit(limit).cursorBatchSize(limit), StoredMember.class);
    }

    /** What the users are members of now and may read: the members without what only other questions need. */
    Flux<StoredMember> readBy(Collection<String> userIds) {
        return mongo.find(
                Query.query(Criteria.where("userId").in(userIds).and("reader").is(true)), StoredMember.class);
    }

    /** The first conversations after one, by id; null for the first of all. */
    Mono<List<StoredConversation>> conversationsAfter(@Nullable String id, int limit) {
        return mongo.find(after(id, limit), StoredConversation.class).collectList();
    }

    /** The first members after one, by id; null for the first of all. */
    Mono<List<StoredMember>> membersAfter(@Nullable String id, int limit) {
        return mongo.find(after(id, limit), StoredMember.class).collectList();
    }

    private static Query after(@Nullable String id, int limit) {
        return Query.query(Criteria.where("_id").gt(id == null ? "" : id))
                .with(Sort.by("_id"))
                .limit(limit)
                .cursorBatchSize(limit);
    }
}
