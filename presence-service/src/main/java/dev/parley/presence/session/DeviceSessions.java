package dev.parley.presence.session;

import dev.parley.platform.error.ApiException;
import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.surface.LiveSurface;
import dev.parley.presence.transport.ClientEndpoint;
import dev.parley.presence.transport.CloseReason;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * What a protocol calls for each of its connections: {@link #admit}, {@link #start}, {@link #admitCommand} and {@link
 * #run} for each command, {@link #unreachable} and {@link #end}. Everything else is the same for every surface.
 */
@Component
public final class DeviceSessions {

    private final Admission admission;
    private final SessionGuard guard;
    private final SessionStart start;
    private final ConnectedDevices devices;
    private final CommandRunner commands;

    DeviceSessions(
            Admission admission,
            SessionGuard guard,
            SessionStart start,
            ConnectedDevices devices,
            CommandRunner commands) {
        this.admission = admission;
        this.guard = guard;
        this.start = start;
        this.devices = devices;
        this.commands = commands;
    }

    /** Decides whether a client is admitted. Never fails; takes as long as the client has to wait for its turn. */
    public Mono<AdmissionDecision> admit(ConnectCredentials credentials) {
        return admission.decide(credentials);
    }

    /**
     * Begins the session of a client that was told that it is admitted: it is sent events from now on, first those that it
     * missed.
     *
     * @param endpoint the client, which can already be sent messages
     * @return sends what was missed once it is subscribed to, and completes when everything is sent; commands must wait
     *     until then
     */
    public Mono<Void> start(DeviceSession session, ClientEndpoint endpoint, LiveSurface surface) {
        ConnectedDevice device = session.connect(endpoint);
        if (!guard.addConnection(device)) {
            device.close(CloseReason.TRY_LATER);
            return Mono.empty();
        }
        Mono<Void> started = start.start(session, device, surface);
        guard.watch(device);
        return started;
    }

    /**
     * Counts a command of a client as soon as it arrives, before it waits for others.
     *
     * @throws ApiException if its user has sent too many recently; then it must not be run
     */
    public void admitCommand(DeviceSession session, String command) {
        commands.admit(session.device(), command);
    }

    /** Runs a command of a client that was {@linkplain #admitCommand admitted}. Fails as the command does. */
    public <T> Mono<T> run(DeviceSession session, String command, Supplier<Mono<T>> action) {
        return commands.run(session.device(), command, action);
    }

    /** The client can no longer be sent anything. Any thread; may be called before {@link #start} and more than once. */
    public void unreachable(DeviceSession session) {
        ConnectedDevice device = session.deviceIfStarted();
        if (device != null) {
            devices.unreachable(device);
        }
    }

    /** The client is gone. Called once for each session that was started, after its last command. */
    public void end(DeviceSession session) {
        guard.release(session.device());
        devices.disconnected(session.device());
    }
}
