package dev.parley.presence.session;

import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.surface.LiveSurface;
import dev.parley.presence.transport.ClientEndpoint;
import dev.parley.presence.transport.CloseReason;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * What a protocol calls for each of its connections: {@link #admit}, {@link #start}, {@link #run} for each command,
 * {@link #unreachable} and {@link #end}. All that follows from it is the same for every surface.
 */
@Component
public final class Sessions {

    private final Admission admission;
    private final SessionGuard guard;
    private final SessionStart start;
    private final ConnectedDevices devices;
    private final CommandRunner commands;

    Sessions(
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

    /** Decides whether a client is let in. Never fails; may take as long as a client has to wait for its turn. */
    public Mono<AdmissionDecision> admit(Credentials credentials) {
        return admission.decide(credentials);
    }

    /**
     * Begins the session of a client that was told that it is let in: from here on it is sent what happens, first of all what
     * it missed.
     *
     * @param endpoint the client, which can be reached
     * @return sends what was missed once it is subscribed to, and completes when all is sent; commands must wait until then
     */
    public Mono<Void> start(Session session, ClientEndpoint endpoint, LiveSurface surface) {
        ConnectedDevice device = session.connect(endpoint);
        if (!guard.hasPlace(device)) {
            device.close(CloseReason.TRY_LATER);
            return Mono.empty();
        }
        Mono<Void> started = start.start(session, device, surface);
        guard.watch(device);
        return started;
    }

    /** Runs a command of a client, if its user has not sent too many of late. Fails as the command does. */
    public <T> Mono<T> run(Session session, String command, Supplier<Mono<T>> action) {
        return commands.run(session.device(), command, action);
    }

    /** Nothing reaches the client any more. Any thread; may be called before {@link #start} and more than once. */
    public void unreachable(Session session) {
        ConnectedDevice device = session.deviceIfStarted();
        if (device != null) {
            devices.unreachable(device);
        }
    }

    /** The client is gone. Called once for each session that was started, after its last command. */
    public void end(Session session) {
        guard.release(session.device());
        devices.disconnected(session.device());
    }
}
