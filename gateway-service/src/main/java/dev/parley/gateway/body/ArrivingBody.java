package dev.parley.gateway.body;

import dev.parley.gateway.limit.BodyLimits.BodyLimit;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * A body that is passed on to a service while it comes. Whoever waits here waits either for the client, which has not sent
 * what the service would take, or for the service, which takes nothing. What the client does wrong is never the service's
 * fault.
 */
public final class ArrivingBody {

    static final String ATTRIBUTE = ArrivingBody.class.getName();

    /** The client left in the middle of the body, or broke the rules of HTTP. Nobody reads an answer to that. */
    public static final ApiException BROKEN_OFF =
            ApiException.of(PlatformError.MALFORMED_REQUEST, "The body broke off");

    /** How soon after the client's time is over it is looked at again whether the client is the slow one. */
    private static final Duration RECHECK = Duration.ofSeconds(1);

    private final Flux<DataBuffer> parts;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicLong came = new AtomicLong();
    private volatile boolean whole;
    private volatile boolean broken;
    private volatile long lastCame = System.nanoTime();
    private volatile long lastWanted = lastCame;

    /** @param limit its time begins now */
    ArrivingBody(Flux<DataBuffer> body, BodyLimit limit) {
        this.parts = body.doOnRequest(this::want)
                .doOnNext(part -> come())
                .doOnComplete(this::end)
                .doOnError(failure -> broken = true)
                .onErrorMap(failure -> !(failure instanceof ApiException), failure -> BROKEN_OFF)
                .takeUntilOther(limit.isFile() ? silence(limit.time()) : slowness(limit.time()));
    }

    /** The body that is passed on while it comes; null if there is none, or if it was there before the service was asked. */
    public static @Nullable ArrivingBody of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    /** Fails with 408 if the client is too slow, and with {@link #BROKEN_OFF}. */
    Flux<DataBuffer> parts() {
        return Flux.defer(() -> taken.compareAndSet(false, true)
                ? parts
                : Flux.error(new IOException("What was sent of the body cannot be sent again")));
    }

    private void want(long more) {
        if (!isAwaited()) {
            lastWanted = System.nanoTime();
        }
        wanted.accumulateAndGet(more, Operators::addCap);
    }

    private void come() {
        lastCame = System.nanoTime();
        came.incrementAndGet();
    }

    private void end() {
        lastCame = System.nanoTime();
        whole = true;
    }

    private Mono<Void> slowness(Duration wait) {
        return Mono.delay(wait)
                .then(Mono.defer(() -> isAwaited() ? Mono.error(ArrivingBody::tooSlow) : slowness(RECHECK)));
    }

    /** A client that is awaited must send something within each such time; while the service takes nothing it need not. */
    private Mono<Void> silence(Duration limit) {
        return Mono.defer(() -> {
            long quiet = System.nanoTime() - Math.max(lastCame, lastWanted);
            Duration left = limit.minusNanos(quiet);
            if (!left.isNegative() && !left.isZero()) {
                return Mono.delay(left).then(silence(limit));
            }
            return isAwaited()
                    ? Mono.error(ArrivingBody::tooSlow)
                    : Mono.delay(RECHECK).then(silence(limit));
        });
    }

    /** Whether all of it came. */
    public boolean isWhole() {
        return whole;
    }

    /** Whether the client left, or sent what cannot be read. */
    public boolean isBroken() {
        return broken;
    }

    /** Whether the service would take more than the client has sent. */
    public boolean isAwaited() {
        return !whole && wanted.get() > came.get();
    }

    /** How long the service has had all that the client has sent; zero while the client is awaited. */
    public Duration serviceAwaited() {
        return isAwaited() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - lastCame);
    }

    public static ApiException tooSlow() {
        return ApiException.of(PlatformError.BODY_TOO_SLOW, "The body did not come in time");
    }
}
