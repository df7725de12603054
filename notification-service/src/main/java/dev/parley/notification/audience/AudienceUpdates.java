package dev.parley.notification.audience;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import dev.parley.notification.audience.ConversationState.Creation;
import dev.parley.notification.audience.StoredConversation.Tombstone;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.Document;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes what is known of conversations and of those who are or were in them. */
@Component
final class AudienceUpdates {

    /** The newest tombstones of a conversation that are kept, as in conversation-service. */
    private static final int MAX_TOMBSTONES = 1_000;

    private static final int MAX_WRITES_AT_ONCE = 1_000;
    private static final int DUPLICATE_KEY = 11_000;

    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

    private final ReactiveMongoTemplate mongo;

    AudienceUpdates(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** Adds what events say of conversations: one write for each, and one for each tombstone, creation or new name. */
    Mono<Void> add(Collection<ConversationState> conversations) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        conversations.forEach(conversation -> addWrites(conversation, writes));
        return write(AudienceStore.CONVERSATIONS, writes, true).then();
    }

    private static void addWrites(ConversationState conversation, List<WriteModel<Document>> writes) {
        String id = conversation.id();
        Document counters =
                new Document("lastSeq", conversation.lastSeq()).append("lastOrdinal", conversation.lastOrdinal());
        Document defaults = new Document("tombstones", List.of()).append("revision", 0L);
        Document counted = new Document("$max", counters);
        if (conversation.isDeleted()) {
            counted.append("$set", new Document("deleted", true));
        } else {
            defaults.append("deleted", false);
        }
        writes.add(new UpdateOneModel<>(withId(id), counted.append("$setOnInsert", defaults), UPSERT));
        Creation creation = conversation.creation();
        if (creation != null) {
            writes.add(new UpdateOneModel<>(
                    withId(id).append("kind", new Document("$exists", false)), set(created(creation))));
        }
        if (conversation.name() != null) {
            writes.add(new UpdateOneModel<>(withId(id), set(new Document("name", conversation.name()))));
        }
        conversation.tombstones().forEach(tombstone -> writes.add(entomb(id, tombstone)));
    }

    private static Document created(Creation creation) {
        Document fields = new Document("tenantId", creation.tenantId())
                .append("kind", creation.kind().name());
        return creation.name() == null ? fields : fields.append("name", creation.name());
    }

    private static Document set(Document fields) {
        return new Document("$set", fields).append("$inc", new Document("revision", 1L));
    }

    private static WriteModel<Document> entomb(String conversationId, Tombstone tombstone) {
        Document place = new Document("seq", tombstone.seq()).append("senderId", tombstone.senderId());
        Document newest = new Document("$each", List.of(place))
                .append("$sort", new Document("seq", 1))
                .append("$slice", -MAX_TOMBSTONES);
        return new UpdateOneModel<>(
                withId(conversationId).append("tombstones.seq", new Document("$ne", tombstone.seq())),
                new Document("$push", new Document("tombstones", newest)));
    }

    /**
     * Sets what a conversation is, if nobody did since it was read.
     *
     * @return empty if somebody did for any of them; the others are written all the same
     */
    Mono<Boolean> describe(List<Description> descriptions) {
        List<UpdateOneModel<Document>> writes = descriptions.stream()
                .map(one -> new UpdateOneModel<Document>(
                        withId(one.id()).append("revision", one.revision()), described(one.creation())))
                .toList();
        return write(AudienceStore.CONVERSATIONS, writes, false)
                .filter(matched -> matched == writes.size())
                .map(matched -> true);
    }

    private static Document described(Creation creation) {
        Document change = set(created(creation));
        return creation.name() == null ? change.append("$unset", new Document("name", "")) : change;
    }

    /** @param revision of the conversation when it was read */
    record Description(String id, long revision, Creation creation) {}

    /**
     * Writes members, each if nobody has written it since it was read.
     *
     * @return empty if somebody has written any of them; the others are written all the same
     */
    Mono<Boolean> replace(Collection<MemberState> members) {
        List<ReplaceOneModel<Document>> writes =
                members.stream().map(this::replacement).toList();
        return write(AudienceStore.MEMBERS, writes, false)
                .filter(matched -> matched == writes.size())
                .map(matched -> true);
    }

    private ReplaceOneModel<Document> replacement(MemberState member) {
        Document fields = new Document();
        mongo.getConverter().write(member.after(), fields);
        StoredMember before = member.before();
        boolean isNew = before.revision() == 0;
        return new ReplaceOneModel<>(
                withId(before.id()).append("revision", before.revision()), fields, new ReplaceOptions().upsert(isNew));
    }

    /** Forgets the members of conversations. */
    Mono<Void> removeMembers(Collection<String> conversationIds) {
        List<DeleteManyModel<Document>> writes = conversationIds.stream()
                .map(id -> new DeleteManyModel<Document>(new Document("conversationId", id)))
                .toList();
        return write(AudienceStore.MEMBERS, writes, false).then();
    }

    private static Document withId(String id) {
        return new Document("_id", id);
    }

    /** @return how many of the writes found what they were about, or inserted it */
    private Mono<Integer> write(String collection, List<? extends WriteModel<Document>> writes, boolean ordered) {
        return Flux.fromIterable(writes)
                .buffer(MAX_WRITES_AT_ONCE)
                .concatMap(some -> mongo.getCollection(collection)
                        .flatMap(target -> Mono.from(target.bulkWrite(some, new BulkWriteOptions().ordered(ordered))))
                        .map(AudienceUpdates::found)
                        .onErrorResume(MongoBulkWriteException.class, AudienceUpdates::foundDespite))
                .reduce(0, Integer::sum);
    }

    private static int found(BulkWriteResult result) {
        return result.getMatchedCount() + result.getUpserts().size();
    }

    /** What somebody else inserted meanwhile was not found. */
    private static Mono<Integer> foundDespite(MongoBulkWriteException failure) {
        boolean inserted = failure.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY);
        return inserted && failure.getWriteConcernError() == null
                ? Mono.just(found(failure.getWriteResult()))
                : Mono.error(failure);
    }
}
