package dev.parley.presence.session;

import dev.parley.platform.deadline.Deadline;
import dev.parley.platform.deadline.DeadlineSettings;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorTranslation;
import dev.parley.platform.trace.Tracing;
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

/** Admits the commands of clients within the rate limits of their users, and runs them. */
@Component
final class CommandRunner {

    private static final String UNKNOWN = "unknown";

    private final ConnectedDevices devices;
    private final CommandMetrics metrics;
    private final Tracing tracing;
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
            DeadlineSettings deadlines,
            Tracing tracing) {
        this.tracing = tracing;
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
     * Counts a command as soon as it arrives.
     *
     * @throws ApiException if the user sends too many; then it must not be run
     */
    void admit(ConnectedDevice device, String command) {
        devices.used(device);
        try {
            limits.getOrDefault(command, unknown).take(device.user());
        } catch (ApiException tooMany) {
            metrics.refused(name(command));
            throw tooMany;
        }
    }

    /**
     * Fails if the command is not done in time, and then it may have been done or not. Disconnects a user whose sign-in was
     * revoked.
     */
    <T> Mono<T> run(ConnectedDevice device, String command, Supplier<Mono<T>> action) {
        Mono<T> execution = Deadline.after(timeLimit).bound(Mono.defer(action)).onErrorMap(ErrorTranslation::translate);
        String name = name(command);
        return metrics.time(name, traced(device, name, execution)).doOnError(ApiException.class, refusal -> {
            if (refusal.code().isUnauthorized()) {
                device.close(CloseReason.REVOKED);
            }
        });
    }

    /** A command of a client begins a trace, as a request does at the gateway. */
    private <T> Mono<T> traced(ConnectedDevice device, String command, Mono<T> execution) {
        return tracing.isOn()
                ? Mono.defer(() -> tracing.serving(command, null)
                        .with("parley.tenant.id", device.user().tenantId())
                        .with("parley.user.id", device.user().id())
                        .with("parley.socket.id", device.id())
                        .around(execution))
                : execution;
    }

    private String name(String command) {
        return limits.containsKey(command) ? command : UNKNOWN;
    }
}
