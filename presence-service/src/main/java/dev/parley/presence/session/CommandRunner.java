package dev.parley.presence.session;

import dev.parley.platform.deadline.Deadline;
import dev.parley.platform.deadline.DeadlineSettings;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorTranslation;
import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.limit.CommandLimit;
import dev.parley.presence.limit.CommandLimits;
import dev.parley.presence.surface.LiveSurface;
import dev.parley.presence.surface.LiveSurfaces;
import dev.parley.presence.transport.CloseReason;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Runs the commands of clients, within the rate limits of their users. */
@Component
final class CommandRunner {

    private static final String UNKNOWN = "unknown";

    private final ConnectedDevices devices;
    private final CommandMetrics metrics;
    private final Map<String, CommandLimit> limits;

    /** One limit for all unknown commands, because clients can invent any number of names. */
    private final CommandLimit unknown;

    /** A client waits 5 s for an acknowledgement. */
    private final Duration timeLimit;

    CommandRunner(
            ConnectedDevices devices,
            LiveSurfaces surfaces,
            CommandLimits limits,
            CommandMetrics metrics,
            DeadlineSettings deadlines) {
        Set<String> names = surfaces.all().stream()
                .map(LiveSurface::commands)
                .flatMap(commands -> commands.stream())
                .collect(Collectors.toSet());
        limits.requireKnown(names);
        this.devices = devices;
        this.metrics = metrics;
        this.timeLimit = deadlines.timeLimit();
        this.limits = names.stream().collect(Collectors.toMap(Function.identity(), limits::of));
        this.unknown = limits.of(UNKNOWN);
    }

    /**
     * Fails with an {@link ApiException}, and does nothing, if the user sends too many commands; fails also if the command is not
     * done in time, and then it may have been done or not. Disconnects a user whose sign-in was revoked.
     */
    <T> Mono<T> run(ConnectedDevice device, String command, Supplier<Mono<T>> action) {
        devices.used(device);
        Mono<T> execution = Deadline.after(timeLimit)
                .bound(Mono.defer(() -> {
                    limits.getOrDefault(command, unknown).take(device.user());
                    return action.get();
                }))
                .onErrorMap(ErrorTranslation::translate);
        return metrics.time(limits.containsKey(command) ? command : UNKNOWN, execution)
                .doOnError(ApiException.class, refusal -> {
                    if (refusal.code().isUnauthorized()) {
                        device.close(CloseReason.REVOKED);
                    }
                });
    }
}
