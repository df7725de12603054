package dev.parley.conversation.membership.saga;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.PendingChange;
import dev.parley.conversation.ConversationUpdates;
import dev.parley.conversation.membership.saga.PendingChangeMetrics.UnderWay;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationEvent;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.ReceiptCompleted;
import dev.parley.events.ReceivedMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Stores membership changes that are under way: in their conversation, guarded by its revision. */
@Component
final class PendingChangeStore {

    private static final String REVISION = "revision";
    private static final String PENDING = "pending";
    private static final String SHARED = "pending.shared";
    private static final String SINCE = "pendingSince";

    private static final int MAX_COUNTED = 1_000;

    private record Begun(@Id String id, Instant pendingSince) {}

    private final ReactiveMongoTemplate mongo;
    private final ConversationUpdates updates;

    PendingChangeStore(ReactiveMongoTemplate mongo, ConversationUpdates updates) {
        this.mongo = mongo;
        this.updates = updates;
    }

    /** @return the conversation with the change; empty if somebody else changed it meanwhile */
    Mono<Conversation> begin(Conversation seen, PendingChange change) {
        Update noted = new Update()
                .set(REVISION, change.revision() + change.notices().size() - 1)
                .set(PENDING, change)
                .set(SINCE, ConversationUpdates.now());
        return modify(unchanged(seen), noted);
    }

    /** Notes that others carry the change out, too, beside the one who began it. @return empty if it is complete */
    Mono<Conversation> markShared(Conversation noted) {
        return modify(unfinished(noted), new Update().set(SHARED, true));
    }

    /** Takes back a change of which nothing was carried out. @return empty if others carry it out by now */
    Mono<Conversation> withdraw(Conversation noted) {
        Query alone = unfinished(noted).addCriteria(Criteria.where(SHARED).is(false));
        return modify(alone, new Update().unset(PENDING).unset(SINCE));
    }

    /**
     * Completes a change that was carried out.
     *
     * @param receipts what the change completed; published with the change, so once however many carry it out
     * @return empty if that was done before
     */
    Mono<Conversation> finish(
            Conversation noted, PendingChange change, Instant lastActivityAt, List<ReceiptCompleted> receipts) {
        Update settled = new Update()
                .set("roster", change.roster())
                .set("participantCount", change.participantCount())
                .max("lastActivityAt", lastActivityAt)
                .unset(PENDING)
                .unset(SINCE);
        receipts.stream()
                .flatMap(receipt -> receipt.readings().stream())
                .flatMap(reading -> reading.messages().stream())
                .mapToLong(ReceivedMessage::seq)
                .max()
                .ifPresent(seq -> settled.max("progress.fullyReadSeq", seq));
        return updates.update(unfinished(noted), settled, events(noted, change, receipts));
    }

    /**
     * The system messages said who joins and leaves, but before the conversation showed it. So clients are told to read the
     * conversation again.
     */
    private static List<ConversationEvent> events(
            Conversation noted, PendingChange change, List<ReceiptCompleted> receipts) {
        List<ConversationEvent> events = new ArrayList<>(receipts);
        events.add(new ConversationUpdated(noted.id(), noted.tenantId(), null));
        if (change.hides()) {
            String userId = change.actor().id();
            events.add(new ConversationDeleted(noted.id(), noted.tenantId(), userId, userId));
        }
        return events;
    }

    /** Deletes a conversation for everybody. @return empty if somebody else changed it meanwhile */
    Mono<Conversation> delete(Conversation seen, String deletedBy, List<String> memberIds) {
        Instant now = ConversationUpdates.now();
        Update deleted = new Update()
                .set(REVISION, seen.revision() + 1)
                .set("deletedAt", now)
                .set("updatedAt", now);
        return updates.update(
                unchanged(seen),
                deleted,
                List.of(new ConversationDeleted(seen.id(), seen.tenantId(), null, deletedBy, memberIds)));
    }

    /** Conversations with a change that was begun before a time, the oldest first. */
    Flux<Conversation> olderThan(Instant before, int limit) {
        Query left = Query.query(Criteria.where(SINCE).lt(before))
                .with(Sort.by(SINCE))
                .limit(limit);
        return mongo.find(left, Conversation.class);
    }

    /** Conversations of a tenant with a change, the oldest first. There are few at any time, and an index finds them. */
    Flux<Conversation> pendingIn(String tenantId, int limit) {
        Query underWay = Query.query(Criteria.where(SINCE)
                        .gt(Instant.EPOCH)
                        .and("tenantId")
                        .is(tenantId)
                        .and("deletedAt")
                        .exists(false))
                .with(Sort.by(SINCE))
                .limit(limit);
        return mongo.find(underWay, Conversation.class);
    }

    /** How many changes are under way, and since when the oldest is. */
    Mono<UnderWay> underWay() {
        Query oldestFirst = Query.query(Criteria.where(SINCE).gt(Instant.EPOCH))
                .with(Sort.by(SINCE))
                .limit(MAX_COUNTED);
        oldestFirst.fields().include(SINCE);
        return mongo.find(oldestFirst, Begun.class, mongo.getCollectionName(Conversation.class))
                .collectList()
                .map(begun -> new UnderWay(
                        begun.size(), begun.isEmpty() ? null : begun.get(0).pendingSince()));
    }

    Mono<Conversation> byId(String id) {
        return mongo.findById(id, Conversation.class);
    }

    private Mono<Conversation> modify(Query query, Update update) {
        return mongo.findAndModify(query, update, FindAndModifyOptions.options().returnNew(true), Conversation.class);
    }

    private static Query unchanged(Conversation seen) {
        return Query.query(Criteria.where("_id")
                .is(seen.id())
                .and(REVISION)
                .is(seen.revision())
                .and(SINCE)
                .exists(false)
                .and("deletedAt")
                .exists(false));
    }

    private static Query unfinished(Conversation noted) {
        return Query.query(Criteria.where("_id")
                .is(noted.id())
                .and(REVISION)
                .is(noted.revision())
                .and(SINCE)
                .exists(true));
    }
}
