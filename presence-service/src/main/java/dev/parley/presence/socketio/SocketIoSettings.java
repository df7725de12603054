package dev.parley.presence.socketio;

import dev.parley.platform.settings.SettingsCheck;
import dev.parley.presence.engineio.EngineIoSettings;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How connections are held.
 *
 * @param paths where clients connect, without a slash at the end
 * @param connectTimeout how long a connection may have no namespace, and how long one admission may take
 * @param maxRefusals how often the client of one connection may be refused before the connection is closed
 * @param eventTimeout how long after its arrival an event is answered at the latest: shorter than clients wait
 * @param maxNamespaces how many namespaces one connection may use at a time
 * @param maxAttachments binary attachments of one incoming packet; together they may not exceed the payload of the engine
 * @param maxRunningEvents how many events of one socket are handled at a time
 * @param maxPendingEvents how many events of one socket may wait for others before further ones are refused at once; they
 *     are also refused while the waiting events together are as large as the payload of the engine may be
 * @param maxPendingAcks how many events to one socket may await an acknowledgement
 * @param packets how large the packets of clients may be
 * @param engine how the sessions below are held
 */
public record SocketIoSettings(
        @DefaultValue("/socket.io") List<String> paths,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("5") int maxRefusals,
        @DefaultValue("4s") Duration eventTimeout,
        @DefaultValue("8") int maxNamespaces,
        @DefaultValue("10") int maxAttachments,
        @DefaultValue("16") int maxRunningEvents,
        @DefaultValue("256") int maxPendingEvents,
        @DefaultValue("256") int maxPendingAcks,
        @DefaultValue PacketLimits packets,
        @DefaultValue EngineIoSettings engine) {

    public SocketIoSettings {
        paths = List.copyOf(paths);
        SettingsCheck.of("parley.presence.socket-io")
                .positive("connect-timeout", connectTimeout)
                .positive("max-refusals", maxRefusals)
                .positive("event-timeout", eventTimeout)
                .positive("max-namespaces", maxNamespaces)
                .notNegative("max-attachments", maxAttachments)
                .positive("max-running-events", maxRunningEvents)
                .positive("max-pending-events", maxPendingEvents)
                .positive("max-pending-acks", maxPendingAcks);
    }

    public static SocketIoSettings defaults() {
        return new SocketIoSettings(
                List.of("/socket.io"),
                Duration.ofSeconds(10),
                5,
                Duration.ofSeconds(4),
                8,
                10,
                16,
                256,
                256,
                PacketLimits.defaults(),
                EngineIoSettings.defaults());
    }

    public SocketIoSettings withPaths(String... paths) {
        return new SocketIoSettings(
                List.of(paths),
                connectTimeout,
                maxRefusals,
                eventTimeout,
                maxNamespaces,
                maxAttachments,
                maxRunningEvents,
                maxPendingEvents,
                maxPendingAcks,
                packets,
                engine);
    }

    public SocketIoSettings withTimeouts(Duration connectTimeout, Duration eventTimeout) {
        return new SocketIoSettings(
                paths,
                connectTimeout,
                maxRefusals,
                eventTimeout,
                maxNamespaces,
                maxAttachments,
                maxRunningEvents,
                maxPendingEvents,
                maxPendingAcks,
                packets,
                engine);
    }

    public SocketIoSettings withBounds(int maxNamespaces, int maxAttachments, int maxPendingEvents) {
        return new SocketIoSettings(
                paths,
                connectTimeout,
                maxRefusals,
                eventTimeout,
                maxNamespaces,
                maxAttachments,
                maxRunningEvents,
                maxPendingEvents,
                maxPendingAcks,
                packets,
                engine);
    }

    public SocketIoSettings withEngine(EngineIoSettings engine) {
        return new SocketIoSettings(
                paths,
                connectTimeout,
                maxRefusals,
                eventTimeout,
                maxNamespaces,
                maxAttachments,
                maxRunningEvents,
                maxPendingEvents,
                maxPendingAcks,
                packets,
                engine);
    }
}
