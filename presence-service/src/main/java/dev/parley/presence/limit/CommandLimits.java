package dev.parley.presence.limit;

import dev.parley.platform.limit.SharedBuckets;
import dev.parley.platform.limit.TokenBuckets;
import dev.parley.presence.PresenceSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** How often users may send which command. All devices of a user share the limit. */
@Component
public final class CommandLimits {

    private final UserLimitSettings settings;
    private final TokenBuckets buckets;
    private final MeterRegistry meters;

    CommandLimits(PresenceSettings settings, SharedBuckets shared, MeterRegistry meters) {
        this.settings = settings.limits();
        this.buckets = shared.buckets("command", this.settings.maxTracked());
        this.meters = meters;
    }

    /** Fails if the settings name an event that does not exist: its limit would have no effect. */
    public void requireKnown(Collection<String> events) {
        Set<String> known = events.stream().map(UserLimitSettings::plain).collect(Collectors.toSet());
        settings.events().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("parley.presence.limits.events names no event: " + name);
                });
    }

    /** The limit of one event. The caller keeps it. */
    public CommandLimit of(String event) {
        return new CommandLimit(
                event,
                settings.of(event),
                buckets,
                Counter.builder("parley.sockets.events.limited")
                        .description("Events of clients that were refused, because their user sent too many")
                        .tag("event", event)
                        .register(meters));
    }
}
