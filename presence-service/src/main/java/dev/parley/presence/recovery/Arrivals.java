package dev.parley.presence.recovery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.events.MessageCreated;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.recovery.Arrival.Fresh;
import dev.parley.presence.recovery.Arrival.Lost;
import dev.parley.presence.recovery.Arrival.Reason;
import dev.parley.presence.recovery.Arrival.Returned;
import dev.parley.presence.user.ConnectedUser;
import dev.parley.presence.user.UserConversations;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Finds out how clients come: whether they were here before, and can be told what they missed since. */
@Component
public final class Arrivals {

    /** How far the clocks of two nodes may be apart. */
    private static final Duration CLOCKS = Duration.ofSeconds(30);

    private final Timeline timeline;
    private final UserConversations conversations;
    private final RecoverySettings settings;

    /** From when they are let in until they are welcomed. By identity. */
    private final Cache<ConnectedUser, Arrival> arrived =
            Caffeine.newBuilder().weakKeys().build();

    Arrivals(Timeline timeline, UserConversations conversations, PresenceSettings settings) {
        this.timeline = timeline;
        this.conversations = conversations;
        this.settings = settings.recovery();
    }

    /**
     * How a user's client comes, once this node knows it. It is remembered until it is {@link #take taken}.
     *
     * @param auth what the client shows: {@code pid} and {@code offset}, if it was here before
     */
    public Mono<Arrival> of(ConnectedUser user, JsonNode auth) {
        return timeline.ready()
                .then(Mono.defer(() -> decide(user, auth)))
                .doOnNext(arrival -> arrived.put(user, arrival));
    }

    /** How a client of a user who was let in came. */
    public Arrival take(ConnectedUser user) {
        Arrival arrival = arrived.asMap().remove(user);
        return arrival == null ? new Fresh(newPid(user)) : arrival;
    }

    private Mono<Arrival> decide(ConnectedUser user, JsonNode auth) {
        if (!auth.path("pid").isString()) {
            return Mono.just(new Fresh(newPid(user)));
        }
        String pid = auth.path("pid").asString();
        if (!Pid.belongsTo(pid, user.tenantId(), user.id())) {
            return lost(user, Reason.OTHER_USER);
        }
        Optional<StreamOffset> given = StreamOffset.parse(auth.path("offset").asString(""), timeline.position());
        if (given.isEmpty()) {
            return lost(user, Reason.UNKNOWN_OFFSET);
        }
        StreamOffset from = given.get();
        Instant now = Instant.now();
        if (from.time().isBefore(now.minus(settings.keep()))) {
            return lost(user, Reason.GONE_TOO_LONG);
        }
        if (from.time().isAfter(now.plus(CLOCKS))) {
            return lost(user, Reason.UNKNOWN_OFFSET);
        }
        return timeline.reached(from.position())
                .timeout(settings.maxWait())
                .then(Mono.defer(() -> returned(user, pid, from)))
                .onErrorResume(TimeoutException.class, behind -> lost(user, Reason.SERVER_BEHIND));
    }

    private Mono<Arrival> returned(ConnectedUser user, String pid, StreamOffset from) {
        Optional<List<RecentEvent>> missed = timeline.standingStill(view -> view.reachesBackTo(from)
                ? Optional.of(view.concerning(from, user.tenantId(), user.id()))
                : Optional.empty());
        if (missed.isEmpty()) {
            return lost(user, Reason.GONE_TOO_LONG);
        }
        return user.acting()
                .flatMapMany(caller -> Flux.fromIterable(
                                left(missed.get(), user.id()).entrySet())
                        .concatMap(gone -> conversations
                                .windowAt(caller, gone.getKey(), gone.getValue())
                                .map(fromSeq -> Map.entry(gone.getKey(), fromSeq))))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(fromSeqs -> new Returned(pid, from, fromSeqs));
    }

    /** The conversations that a user was in at first, and left; with the place of the notice. */
    private static Map<String, Long> left(List<RecentEvent> missed, String userId) {
        Map<String, Long> first = new LinkedHashMap<>();
        for (RecentEvent one : missed) {
            if (Concerned.turn(one.event(), userId) == Concerned.Turn.NONE) {
                continue;
            }
            boolean goes = Concerned.turn(one.event(), userId) == Concerned.Turn.GOES;
            long seq = goes && one.event() instanceof MessageCreated notice
                    ? notice.message().seq()
                    : 0;
            first.putIfAbsent(one.event().conversationId(), seq);
        }
        first.values().removeIf(seq -> seq == 0);
        return first;
    }

    private Mono<Arrival> lost(ConnectedUser user, Reason reason) {
        return Mono.just(new Lost(newPid(user), reason));
    }

    private static String newPid(ConnectedUser user) {
        return Pid.next(user.tenantId(), user.id());
    }
}
