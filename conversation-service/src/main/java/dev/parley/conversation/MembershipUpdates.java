package dev.parley.conversation;

import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveBulkOperations;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Changes memberships together with the events that tell of it. */
@Component
public final class MembershipUpdates {

    static final OutboxSource OUTBOX = new OutboxSource(MembershipStore.COLLECTION);

    private static final FindAndModifyOptions AS_CHANGED =
            FindAndModifyOptions.options().returnNew(true);

    /** One of many changes. */
    public record Change(Criteria guard, Update update, List<PendingEvent> events) {

        private Update withEvents(ContextView context) {
            return MembershipUpdates.withEvents(update, in(context, events.toArray(PendingEvent[]::new)));
        }
    }

    /** @param pending all events that may not have been published yet, in their order */
    public record Changed(Membership membership, List<PendingEvent> pending) {}

    private final ReactiveMongoTemplate mongo;
    private final Outbox outbox;

    MembershipUpdates(ReactiveMongoTemplate mongo, Outbox outbox) {
        this.mongo = mongo;
        this.outbox = outbox;
    }

    /** What must still be so for a change to be made. */
    public static Criteria guard(Membership membership) {
        return Criteria.where("_id").is(membership.id());
    }

    /**
     * Writes a change with its events, and sends the events on their way.
     *
     * @return the membership after the change; empty if the guard does not hold, and then nothing is changed
     */
    public Mono<Membership> apply(Criteria guard, Update change, PendingEvent... events) {
        return write(guard, change, events).doOnNext(this::publish).map(Changed::membership);
    }

    /** Like {@link #apply}, but leaves it to the caller to {@link #publish}; what a crash prevents, the sweeper does. */
    public Mono<Changed> write(Criteria guard, Update change, PendingEvent... events) {
        return Mono.deferContextual(context -> modify(guard, withEvents(change, in(context, events))));
    }

    private static Update withEvents(Update change, PendingEvent... events) {
        return events.length == 0
                ? change
                : change.push(OutboxSource.EVENTS).each((Object[]) events).min(OutboxSource.SINCE, events[0].time());
    }

    /**
     * Replaces a written event that was not published yet.
     *
     * @return empty if the event is not pending any more
     */
    public Mono<Changed> amend(Membership membership, PendingEvent event) {
        return modify(
                guard(membership).and(OutboxSource.EVENTS + ".id").is(event.id()),
                new Update().set(OutboxSource.EVENTS + ".$.data", event.data()));
    }

    private Mono<Changed> modify(Criteria guard, Update update) {
        return mongo.findAndModify(Query.query(guard), update, AS_CHANGED, Document.class, MembershipStore.COLLECTION)
                .map(this::changed);
    }

    private Changed changed(Document stored) {
        List<PendingEvent> pending = stored.getList(OutboxSource.EVENTS, Document.class, List.of()).stream()
                .map(event -> mongo.getConverter().read(PendingEvent.class, event))
                .toList();
        return new Changed(mongo.getConverter().read(Membership.class, stored), pending);
    }

    /**
     * Writes many changes in one, each with its events if its guard still holds, and sends the events on their way.
     *
     * @param changes by membership id
     */
    public Mono<Void> applyAll(Map<String, Change> changes) {
        if (changes.isEmpty()) {
            return Mono.empty();
        }
        Set<String> written = changes.values().stream()
                .flatMap(change -> change.events().stream())
                .map(PendingEvent::id)
                .collect(Collectors.toSet());
        return Mono.deferContextual(context -> writes(changes.values(), context).execute())
                .then(written.isEmpty() ? Mono.empty() : publish(changes.keySet(), written));
    }

    private ReactiveBulkOperations writes(Collection<Change> changes, ContextView context) {
        ReactiveBulkOperations writes = mongo.bulkOps(BulkMode.UNORDERED, Membership.class);
        changes.forEach(change -> writes.updateOne(Query.query(change.guard()), change.withEvents(context)));
        return writes;
    }

    private static PendingEvent[] in(ContextView context, PendingEvent... events) {
        return Arrays.stream(events).map(event -> event.in(context)).toArray(PendingEvent[]::new);
    }

    private Mono<Void> publish(Set<String> membershipIds, Set<String> eventIds) {
        Query withEvents = Query.query(
                Criteria.where("_id").in(membershipIds).and(OutboxSource.SINCE).exists(true));
        return mongo.find(withEvents, Document.class, MembershipStore.COLLECTION)
                .map(this::changed)
                .filter(changed -> changed.pending().stream().anyMatch(event -> eventIds.contains(event.id())))
                .doOnNext(this::publish)
                .then();
    }

    public void publish(Changed changed) {
        outbox.publishSoon(OUTBOX, changed.membership().id(), changed.pending());
    }
}
