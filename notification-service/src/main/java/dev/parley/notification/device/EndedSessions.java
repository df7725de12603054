package dev.parley.notification.device;

import dev.parley.events.SessionEnded;
import dev.parley.events.Topics;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.EventSubscription;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.platform.store.Indexes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes the devices of sign-ins that end. It remembers those first, in the store, and a device is stored before it is asked whether its
 * sign-in has ended: so of a registration and a sign-out at the same time, whichever instances see to them, one finds the other.
 */
@Component
class EndedSessions implements EventHandler {

    private static final String COLLECTION = "endedSessions";

    /** Of its own: who joins or leaves a group interrupts all of its readers, whatever their topics. */
    private static final String GROUP = "notification-service-sessions";

    /** No token of the sign-in lives longer. */
    private static final Duration REMEMBERED = Topics.SESSIONS_RETENTION.plusHours(1);

    private final ReactiveMongoTemplate mongo;
    private final DeviceStore devices;

    EndedSessions(ReactiveMongoTemplate mongo, DeviceStore devices) {
        this.mongo = mongo;
        this.devices = devices;
    }

    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        return Flux.fromIterable(batch)
                .concatMap(event -> event.data() instanceof SessionEnded ended ? end(ended.sessionId()) : Mono.empty())
                .then();
    }

    private Mono<Void> end(String sessionId) {
        return mongo.upsert(withId(sessionId), new Update().setOnInsert("endedAt", Instant.now()), COLLECTION)
                .then(devices.removeOfSession(sessionId));
    }

    Mono<Boolean> contains(String sessionId) {
        return mongo.exists(withId(sessionId), COLLECTION);
    }

    private static Query withId(String sessionId) {
        return Query.query(Criteria.where("_id").is(sessionId));
    }

    @Bean
    static Indexes endedSessionIndexes() {
        return Indexes.of(
                COLLECTION,
                new Index("endedAt", Direction.ASC).expire(REMEMBERED).named("forgotten"));
    }

    @Bean
    static EventSubscription deviceSignOuts(EndedSessions sessions) {
        return EventSubscription.shared(Topics.SESSIONS, GROUP, sessions);
    }
}
