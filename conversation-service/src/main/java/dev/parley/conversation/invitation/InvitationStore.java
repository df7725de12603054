package dev.parley.conversation.invitation;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The invitations in the document store. */
@Component
final class InvitationStore {

    static final String COLLECTION = "invitations";

    /** The most invitations of one person, or to one conversation, that are looked at. */
    private static final int MAX_LISTED = 1_000;

    private static final String DECLINED_AT = "declinedAt";

    /** @param invitedBy who asked */
    private record Open(@Id String id, String userId, String invitedBy) {}

    private final ReactiveMongoTemplate mongo;

    InvitationStore(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** Stores those whose users have none to the conversation yet. */
    Mono<Void> insertAbsent(Collection<Invitation> invitations) {
        List<WriteModel<Document>> writes =
                invitations.stream().map(this::insertIfAbsent).toList();
        return mongo.getCollection(COLLECTION)
                .flatMap(collection -> Mono.from(collection.bulkWrite(writes, new BulkWriteOptions().ordered(false))))
                .then();
    }

    private WriteModel<Document> insertIfAbsent(Invitation invitation) {
        Document fields = new Document();
        mongo.getConverter().write(invitation, fields);
        fields.remove("_id");
        return new UpdateOneModel<>(
                new Document("_id", invitation.id()),
                new Document("$setOnInsert", fields),
                new UpdateOptions().upsert(true));
    }

    /** Open and declined ones of these users to a conversation. */
    Flux<Invitation> of(String conversationId, Collection<String> userIds) {
        List<String> ids =
                userIds.stream().map(id -> Invitation.id(conversationId, id)).toList();
        return mongo.find(Query.query(Criteria.where("_id").in(ids)), Invitation.class);
    }

    Mono<Invitation> of(String conversationId, String userId) {
        return mongo.findById(Invitation.id(conversationId, userId), Invitation.class);
    }

    /** The open ones of a user, in no order. */
    Flux<Invitation> openOf(String userId) {
        return mongo.find(open(Criteria.where("userId").is(userId)).limit(MAX_LISTED), Invitation.class);
    }

    /** The open ones to a conversation, in no order. */
    Flux<Invitation> openTo(String conversationId) {
        return mongo.find(
                open(Criteria.where("conversationId").is(conversationId)).limit(MAX_LISTED), Invitation.class);
    }

    /** How many open ones each of these users has from whom: by user, then by who asked. */
    Mono<Map<String, Map<String, Long>>> countOpen(Collection<String> userIds) {
        Query all = open(Criteria.where("userId").in(userIds));
        all.fields().include("userId", "invitedBy");
        return mongo.find(all, Open.class, COLLECTION)
                .collect(Collectors.groupingBy(
                        Open::userId, Collectors.groupingBy(Open::invitedBy, Collectors.counting())));
    }

    private static Query open(Criteria criteria) {
        return Query.query(criteria.and(DECLINED_AT).exists(false));
    }

    /** @return whether it was open */
    Mono<Boolean> decline(String conversationId, String userId, Instant now) {
        Query one = open(Criteria.where("_id").is(Invitation.id(conversationId, userId)));
        return mongo.updateFirst(one, new Update().set(DECLINED_AT, now), Invitation.class)
                .map(result -> result.getModifiedCount() > 0);
    }

    /** Removes these, except those that have changed. */
    Mono<Void> remove(Collection<Invitation> invitations) {
        return Flux.fromIterable(invitations)
                .concatMap(one -> mongo.remove(
                        Query.query(Criteria.where("_id")
                                .is(one.id())
                                .and("invitedBy")
                                .is(one.invitedBy())
                                .and("invitedAt")
                                .is(one.invitedAt())),
                        Invitation.class))
                .then();
    }

    Mono<Void> removeAllTo(String conversationId) {
        return mongo.remove(Query.query(Criteria.where("conversationId").is(conversationId)), Invitation.class)
                .then();
    }
}
