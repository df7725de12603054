package dev.parley.presence.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
 * How often a user's devices may connect, and how many may be connected. Whoever comes too often waits, since a client that
 * is refused stays away for good; whoever waits too long is to be sent away so that it comes again.
 */
@Component
public final class ConnectionLimiter {

    private static final Logger log = LoggerFactory.getLogger(ConnectionLimiter.class);

    /** How often it is looked whether there is a place. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private static final Duration QUIET = Duration.ofMinutes(1);

    private final Rate rate;
    private final Duration longest;
    private final int maxConnections;
    private final TokenBuckets allowances;
    private final UserCounts waiting = new UserCounts();
    private final UserCounts connected = new UserCounts();
    private final Cache<String, Boolean> reported;
    private final Counter delayed;
    private final Counter closed;

    ConnectionLimiter(PresenceSettings settings, MeterRegistry meters) {
        LimitSettings limits = settings.limits();
        this.rate = limits.connections();
        this.longest = limits.connectionWait();
        this.maxConnections = limits.maxConnections() == 0 ? Integer.MAX_VALUE : limits.maxConnections();
        this.allowances = new TokenBuckets(limits.maxTracked());
        this.reported = Caffeine.newBuilder()
                .maximumSize(limits.maxTracked())
                .expireAfterWrite(QUIET)
                .build();
        this.delayed = meters.counter("parley.sockets.admissions.delayed");
        this.closed = meters.counter("parley.sockets.admissions.closed");
    }

    /**
     * Waits for the turn of one of a user's devices.
     *
     * @return whether it may come in; not before it may. False if that takes too long
     */
    public Mono<Boolean> pass(ConnectedUser user) {
        return Mono.defer(() -> {
                    Optional<Duration> turn = turn(user, longest);
                    if (turn.filter(Duration::isZero).isPresent()) {
                        return Mono.just(true);
                    }
                    delayed.increment();
                    long since = System.nanoTime();
                    return turn.map(wait -> await(user, wait, () -> queue(user, since)))
                            .orElseGet(() -> queue(user, since));
                })
                .doOnNext(passed -> {
                    if (!passed) {
                        tooMany(user);
                    }
                });
    }

    /**
     * A device connected.
     *
     * @return false if others took the last places meanwhile: then it must go. It counts until it {@link #disconnected}
     */
    public boolean connected(ConnectedUser user) {
        boolean fits = connected.add(user) <= maxConnections;
        if (!fits) {
            tooMany(user);
        }
        return fits;
    }

    /** A device that came is gone. */
    public void disconnected(ConnectedUser user) {
        connected.remove(user);
    }

    /** Takes the user's next turn. @return how long until it comes; empty if there is none in time */
    private Optional<Duration> turn(ConnectedUser user, Duration inTime) {
        if (isFull(user)) {
            return Optional.empty();
        }
        return rate.isUnlimited() ? Optional.of(Duration.ZERO) : allowance(user).reserve(System.nanoTime(), inTime);
    }

    /** @param otherwise where somebody else has taken the last place by then */
    private Mono<Boolean> await(ConnectedUser user, Duration wait, Supplier<Mono<Boolean>> otherwise) {
        return Mono.delay(wait)
                .doFinally(end -> {
                    // Whoever goes away meanwhile leaves the turn to others.
                    if (end == SignalType.CANCEL && !rate.isUnlimited()) {
                        allowance(user).giveBack();
                    }
                })
                .flatMap(now -> isFull(user) ? otherwise.get() : Mono.just(true));
    }

    /** Waits for a place, or for a turn that others leave. */
    private Mono<Boolean> queue(ConnectedUser user, long since) {
        return Mono.defer(() -> waiting.add(user) <= maxConnections ? look(user, since) : Mono.just(false))
                .doFinally(end -> waiting.remove(user));
    }

    private Mono<Boolean> look(ConnectedUser user, long since) {
        Duration pause = left(since).compareTo(LOOK_AGAIN) < 0 ? left(since) : LOOK_AGAIN;
        return Mono.delay(pause).flatMap(later -> {
            Duration left = left(since);
            Supplier<Mono<Boolean>> again = () -> left.isZero() ? Mono.just(false) : look(user, since);
            return turn(user, left).map(wait -> await(user, wait, again)).orElseGet(again);
        });
    }

    private boolean isFull(ConnectedUser user) {
        return connected.of(user) >= maxConnections;
    }

    private Duration left(long since) {
        Duration left = longest.minusNanos(System.nanoTime() - since);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private TokenBucket allowance(ConnectedUser user) {
        return allowances.of(user.key().text(), rate.perSecond(), rate.burst());
    }

    private void tooMany(ConnectedUser user) {
        closed.increment();
        if (reported.asMap().putIfAbsent(user.key().text(), true) == null) {
            log.warn("{} connects too often, or has too many devices: some are sent away", user);
        }
    }
}
