package dev.parley.message.limit;

import dev.parley.platform.limit.SharedBuckets;
import dev.parley.platform.limit.TokenBuckets;
import dev.parley.platform.security.Caller;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * How often users may do what. All requests of a user share the budget of an action: from any device, over REST or over a
 * socket. The instances share what was counted.
 */
@Component
public final class ActionLimits {

    /** What is counted, each by itself. Doing and undoing count alike. */
    public enum Action {
        SEND(ActionRates::sendsPerSecond, ActionRates::sendsAtOnce),
        EDIT(ActionRates::editsPerSecond, ActionRates::editsAtOnce),
        DELETE(ActionRates::deletionsPerSecond, ActionRates::deletionsAtOnce),
        HIDE(ActionRates::deletionsPerSecond, ActionRates::deletionsAtOnce),
        REACT(ActionRates::reactionsPerSecond, ActionRates::reactionsAtOnce),
        PIN(ActionRates::pinsPerSecond, ActionRates::pinsAtOnce),
        STAR(ActionRates::starsPerSecond, ActionRates::starsAtOnce);

        private final ToIntFunction<ActionRates> perSecond;
        private final ToIntFunction<ActionRates> atOnce;
        private final String text = name().toLowerCase(Locale.ROOT);

        Action(ToIntFunction<ActionRates> perSecond, ToIntFunction<ActionRates> atOnce) {
            this.perSecond = perSecond;
            this.atOnce = atOnce;
        }
    }

    private final ActionRates rates;
    private final TokenBuckets buckets;
    private final MeterRegistry meters;

    ActionLimits(ActionRates rates, SharedBuckets shared, MeterRegistry meters) {
        this.rates = rates;
        this.buckets = shared.buckets("message", rates.maxTrackedRates());
        this.meters = meters;
    }

    /** Counts an action. Fails, and says how long to wait, if the caller did it too often recently. */
    public Mono<Void> take(Caller caller, Action action) {
        return Mono.fromRunnable(() -> {
            int perSecond = action.perSecond.applyAsInt(rates);
            if (perSecond == 0) {
                return;
            }
            String name = action.text + " " + caller.tenantId() + " " + caller.userId();
            Duration wait =
                    buckets.of(name, perSecond, action.atOnce.applyAsInt(rates)).take(System.nanoTime());
            if (!wait.isZero()) {
                Counter.builder("parley.messages.limited")
                        .description("Requests that were refused because their user did the same too often")
                        .tag("action", action.text)
                        .register(meters)
                        .increment();
                throw TokenBuckets.refusal("Too many of this: wait before the next", wait);
            }
        });
    }
}
