package dev.parley.presence.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.limit.SharedBuckets;
import dev.parley.platform.limit.TokenBucket;
import dev.parley.platform.limit.TokenBuckets;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.ConnectedUser;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Limits how often a user's devices may connect, and how many may be connected. A device that connects too often waits,
 * because a client that is refused never comes back by itself. If it would wait too long its connection is closed, and it
 * tries again.
 */
@Component
public final class ConnectionLimiter {

    private static final Logger log = LoggerFactory.getLogger(ConnectionLimiter.class);

    /** How often a waiting device tries again. */
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

    /** How long further connections of the same user are not logged. */
    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

    private final Rate rate;
    private final Duration maxWait;
    private final int maxConnections;
    private final TokenBuckets buckets;
    private final UserCounts waiting = new UserCounts();
    private final UserCounts connected = new UserCounts();
    private final Cache<String, Boolean> recentlyLogged;
    private final Counter delayed;
    private final Counter rejections;

    ConnectionLimiter(PresenceSettings settings, SharedBuckets shared, MeterRegistry meters) {
        UserLimitSettings limits = settings.limits();
        this.rate = limits.connections();
        this.maxWait = limits.connectionWait();
        this.maxConnections = limits.maxConnections() == 0 ? Integer.MAX_VALUE : limits.maxConnections();
        this.buckets = shared.buckets("connection", limits.maxTracked());
        this.recentlyLogged = Caffeine.newBuilder()
                .maximumSize(limits.maxTracked())
                .expireAfterWrite(LOG_INTERVAL)
                .build();
        this.delayed = Counter.builder("parley.sockets.admissions.delayed")
                .description("Connections that waited, because their user opened too many")
                .register(meters);
        this.rejections = Counter.builder("parley.sockets.admissions.closed")
                .description("Connections that were closed, because their user opened too many")
                .register(meters);
    }

    /**
     * Waits until one of a user's devices may connect.
     *
     * @return true as soon as it may; false if that would take too long
     */
    public Mono<Boolean> awaitTurn(ConnectedUser user) {
        return Mono.defer(() -> {
                    Optional<Duration> turn = reserveTurn(user, maxWait);
                    if (turn.filter(Duration::isZero).isPresent()) {
                        return Mono.just(true);
                    }
                    delayed.increment();
                    long startNanos = System.nanoTime();
                    return turn.map(wait -> waitFor(user, wait, () -> waitInQueue(user, startNanos)))
                            .orElseGet(() -> waitInQueue(user, startNanos));
                })
                .doOnNext(admitted -> {
                    if (!admitted) {
                        rejected(user);
                    }
                });
    }

    /**
     * Counts a device that connected.
     *
     * @return false if other devices took the last places meanwhile: then it must be closed. It counts until {@link
     *     #removeConnection}
     */
    public boolean addConnection(ConnectedUser user) {
        boolean fits = connected.add(user) <= maxConnections;
        if (!fits) {
            rejected(user);
        }
        return fits;
    }

    /** A device that was added is gone. */
    public void removeConnection(ConnectedUser user) {
        connected.remove(user);
    }

    /**
     * Reserves the user's next turn.
     *
     * @return how long until it comes; empty if there is none within the limit
     */
    private Optional<Duration> reserveTurn(ConnectedUser user, Duration limit) {
        if (isFull(user)) {
            return Optional.empty();
        }
        return rate.isUnlimited() ? Optional.of(Duration.ZERO) : bucket(user).reserve(System.nanoTime(), limit);
    }

    /** @param whenFull called if another device took the last place meanwhile */
    private Mono<Boolean> waitFor(ConnectedUser user, Duration wait, Supplier<Mono<Boolean>> whenFull) {
        return Mono.delay(wait)
                .doFinally(end -> {
                    // A device that disconnects while it waits leaves its turn to others.
                    if (end == SignalType.CANCEL && !rate.isUnlimited()) {
                        bucket(user).giveBack();
                    }
                })
                .flatMap(now -> isFull(user) ? whenFull.get() : Mono.just(true));
    }

    /** Waits for a place, or for a turn that another device gives up. */
    private Mono<Boolean> waitInQueue(ConnectedUser user, long startNanos) {
        return Mono.defer(() -> waiting.add(user) <= maxConnections ? retry(user, startNanos) : Mono.just(false))
                .doFinally(end -> waiting.remove(user));
    }

    private Mono<Boolean> retry(ConnectedUser user, long startNanos) {
        Duration pause = timeLeft(startNanos).compareTo(RETRY_INTERVAL) < 0 ? timeLeft(startNanos) : RETRY_INTERVAL;
        return Mono.delay(pause).flatMap(later -> {
            Duration left = timeLeft(startNanos);
            Supplier<Mono<Boolean>> again = () -> left.isZero() ? Mono.just(false) : retry(user, startNanos);
            return reserveTurn(user, left)
                    .map(wait -> waitFor(user, wait, again))
                    .orElseGet(again);
        });
    }

    private boolean isFull(ConnectedUser user) {
        return connected.of(user) >= maxConnections;
    }

    private Duration timeLeft(long startNanos) {
        Duration left = maxWait.minusNanos(System.nanoTime() - startNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private TokenBucket bucket(ConnectedUser user) {
        return buckets.of(user.key().text(), rate.perSecond(), rate.burst());
    }

    private void rejected(ConnectedUser user) {
        rejections.increment();
        if (recentlyLogged.asMap().putIfAbsent(user.key().text(), true) == null) {
            log.warn("Closed a connection of {}, who connects too often or has too many devices", user);
        }
    }
}
