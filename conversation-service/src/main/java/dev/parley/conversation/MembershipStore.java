package dev.parley.conversation;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import dev.parley.conversation.Conversation.RosterEntry;
import java.util.Collection;
import java.util.List;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who is in which conversation. */
@Component
public final class MembershipStore {

    public static final String COLLECTION = "memberships";

    /** The most conversations of one user that are looked at. */
    public static final int MAX_PER_USER = 10_000;

    private static final int MAX_WRITES_AT_ONCE = 1_000;
    private static final int MAX_COMPARED_AT_ONCE = 500;

    private final ReactiveMongoTemplate mongo;
    private final ConversationSettings settings;

    MembershipStore(ReactiveMongoTemplate mongo, ConversationSettings settings) {
        this.mongo = mongo;
        this.settings = settings;
    }

    /** Makes users members who never were. Doing it again changes nothing. */
    public Mono<Void> admit(InitialMembers initial) {
        return Flux.fromIterable(initial.members())
                .map(member -> membership(initial, member))
                .map(this::insertIfAbsent)
                .buffer(MAX_WRITES_AT_ONCE)
                .concatMap(writes -> mongo.getCollection(COLLECTION)
                        .flatMap(collection ->
                                Mono.from(collection.bulkWrite(writes, new BulkWriteOptions().ordered(false)))))
                .then();
    }

    private static Membership membership(InitialMembers initial, RosterEntry member) {
        return new Membership(
                Membership.id(initial.conversationId(), member.userId()),
                initial.tenantId(),
                initial.conversationId(),
                member.userId(),
                member.role(),
                true,
                List.of(),
                List.of(new Membership.Window(1, null)),
                true,
                member.joinedAt(),
                0,
                Membership.Personal.NONE,
                Membership.Reading.NONE,
                null,
                null,
                null);
    }

    public WriteModel<Document> insertIfAbsent(Membership membership) {
        Document fields = new Document();
        mongo.getConverter().write(membership, fields);
        fields.remove("_id");
        return new UpdateOneModel<>(
                new Document("_id", membership.id()),
                new Document("$setOnInsert", fields),
                new UpdateOptions().upsert(true));
    }

    public Mono<Membership> of(String conversationId, String userId) {
        return mongo.findById(Membership.id(conversationId, userId), Membership.class);
    }

    /** Leaves out of what a query reads of memberships what only receipts of single messages and the outbox need. */
    public static Query withoutReceipts(Query memberships) {
        memberships.fields().exclude("reading.marks", "reading.skipped", "reading.earlier", "outbox");
        return memberships;
    }

    /** The conversations that a user is in now: at most {@link #MAX_PER_USER}. */
    public Flux<Membership> ofUser(String userId) {
        Query active = Query.query(
                        Criteria.where("userId").is(userId).and("active").is(true))
                .limit(MAX_PER_USER)
                .cursorBatchSize(MAX_PER_USER);
        return mongo.find(withoutReceipts(active), Membership.class);
    }

    /** The conversations that a user is or was in, those of now first: at most {@link #MAX_PER_USER}. */
    public Flux<Membership> everOfUser(String userId) {
        Query ever = Query.query(Criteria.where("userId").is(userId))
                .with(Sort.by(Sort.Direction.DESC, "active"))
                .limit(MAX_PER_USER)
                .cursorBatchSize(MAX_PER_USER);
        ever.fields().exclude("left");
        return mongo.find(withoutReceipts(ever), Membership.class);
    }

    /** What these users are, or were, in a conversation. */
    public Flux<Membership> of(String conversationId, Collection<String> userIds) {
        List<String> ids =
                userIds.stream().map(id -> Membership.id(conversationId, id)).toList();
        return mongo.find(Query.query(Criteria.where("_id").in(ids)), Membership.class);
    }

    /** What a user is, or was, in these conversations. */
    public Flux<Membership> ofUserIn(String userId, Collection<String> conversationIds) {
        List<String> ids =
                conversationIds.stream().map(id -> Membership.id(id, userId)).toList();
        return mongo.find(Query.query(Criteria.where("_id").in(ids)), Membership.class);
    }

    /** Whether two users are members of the same conversation now. */
    public Mono<Boolean> share(String userId, String otherId) {
        return ofUser(userId)
                .filter(Membership::approved)
                .map(Membership::conversationId)
                .buffer(MAX_COMPARED_AT_ONCE)
                .concatMap(conversationIds -> ofUserIn(otherId, conversationIds))
                .any(membership -> membership.active() && membership.approved());
    }

    /** Those of some users who are members of a conversation of this user now. */
    public Flux<String> contactsAmong(String userId, Collection<String> others) {
        return ofUser(userId)
                .filter(Membership::approved)
                .map(Membership::conversationId)
                .buffer(MAX_COMPARED_AT_ONCE)
                .concatMap(conversationIds -> membersAmong(others, conversationIds))
                .filter(Membership::approved)
                .map(Membership::userId)
                .distinct();
    }

    private Flux<Membership> membersAmong(Collection<String> userIds, Collection<String> conversationIds) {
        Query active = Query.query(Criteria.where("userId")
                .in(userIds)
                .and("active")
                .is(true)
                .and("conversationId")
                .in(conversationIds));
        return mongo.find(withoutReceipts(active), Membership.class);
    }

    /** Makes everybody a former member to whom the conversation is not there any more. */
    public Mono<Void> end(String conversationId) {
        Update end = new Update().set("active", false).set("personal.hidden", true);
        return mongo.updateMulti(
                        Query.query(Criteria.where("conversationId").is(conversationId)), end, Membership.class)
                .then();
    }

    /** Whether a former member of a conversation sees it with this icon. */
    public Mono<Boolean> isSeenByFormer(String conversationId, String iconFileId) {
        return mongo.exists(
                Query.query(Criteria.where("conversationId")
                        .is(conversationId)
                        .and("active")
                        .is(false)
                        .and("left.iconFileId")
                        .is(iconFileId)),
                Membership.class);
    }

    /** Finds the members of a conversation who may read it now: the same as {@link Membership#isReader()}. */
    public static Criteria readersOf(String conversationId) {
        return Criteria.where("conversationId")
                .is(conversationId)
                .and("active")
                .is(true)
                .and("approved")
                .is(true)
                .orOperator(
                        Criteria.where("permissions").size(0),
                        Criteria.where("permissions").exists(false),
                        Criteria.where("permissions").is("read"));
    }

    /** The approved members that a conversation has now, in a stable order. */
    public Flux<Membership> ofConversation(String conversationId) {
        Query active = Query.query(Criteria.where("conversationId")
                        .is(conversationId)
                        .and("active")
                        .is(true)
                        .and("approved")
                        .is(true))
                .with(Sort.by("userId"))
                .limit(settings.maxParticipants());
        return mongo.find(active, Membership.class);
    }
}
