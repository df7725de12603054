package dev.parley.presence.session;

import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.membership.EventInterest;
import dev.parley.presence.membership.JoinedConversations;
import dev.parley.presence.session.SessionRecovery.Fresh;
import dev.parley.presence.session.SessionRecovery.Recoverable;
import dev.parley.presence.session.SessionRecovery.Unrecoverable;
import dev.parley.presence.stream.EventLog;
import dev.parley.presence.stream.StreamOffset;
import dev.parley.presence.surface.LiveSurface;
import dev.parley.presence.surface.ResyncReason;
import dev.parley.presence.transport.CloseReason;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Begins sending to a device. The device enters its rooms between two events; everything that it missed until then is sent before
 * everything after.
 */
@Component
final class SessionStart {

    private final EventLog eventLog;
    private final ConnectedDevices devices;
    private final CatchUp catchUp;
    private final Greeter greeter;
    private final EventInterest interest;

    SessionStart(
            EventLog eventLog, ConnectedDevices devices, CatchUp catchUp, Greeter greeter, EventInterest interest) {
        this.interest = interest;
        this.eventLog = eventLog;
        this.devices = devices;
        this.catchUp = catchUp;
        this.greeter = greeter;
    }

    /** The device enters its rooms at once. Completes when it was sent all that it missed, or is gone. */
    Mono<Void> start(DeviceSession session, ConnectedDevice device, LiveSurface surface) {
        return session.recovery().accept(new Start(session, device, surface));
    }

    private final class Start implements SessionRecovery.Visitor<Mono<Void>> {

        private final DeviceSession session;
        private final ConnectedDevice device;
        private final LiveSurface surface;
        private final JoinedConversations joined;

        Start(DeviceSession session, ConnectedDevice device, LiveSurface surface) {
            this.session = session;
            this.device = device;
            this.surface = surface;
            this.joined = session.takeJoined();
        }

        /** Called between two events. */
        private void enterRooms() {
            devices.connected(device, joined);
            if (!session.isOf(interest.epoch())) {
                device.close(CloseReason.SHUTDOWN);
            }
        }

        @Override
        public Mono<Void> fresh(Fresh recovery) {
            return greet(null);
        }

        @Override
        public Mono<Void> unrecoverable(Unrecoverable recovery) {
            return greet(recovery.reason());
        }

        private Mono<Void> greet(@Nullable ResyncReason resync) {
            device.hold();
            StreamOffset at = eventLog.betweenEvents(view -> {
                enterRooms();
                return view.now();
            });
            return greeter.onlineUsers(device)
                    .doOnNext(online -> greeter.greet(device, surface, at, online, resync))
                    .then();
        }

        @Override
        public Mono<Void> recoverable(Recoverable recovery) {
            device.holdForReplay();
            SessionEntry entry = eventLog.betweenEvents(view -> enter(recovery.from(), view));
            return catchUp.send(device, surface, recovery, entry);
        }

        /** The log may have become shorter since it was decided that the device can be sent what it missed. */
        private SessionEntry enter(StreamOffset from, EventLog.View view) {
            enterRooms();
            return view.covers(from)
                    ? entry(from, devices.listenedTo(device), view)
                    : new SessionEntry(view.now(), Set.of(), joined.fromSeqs(), Set.of(), null, List.of());
        }

        private SessionEntry entry(StreamOffset from, Set<String> conversations, EventLog.View view) {
            Set<String> opened = view.openedSince(from, device.user().key()).stream()
                    .filter(conversations::contains)
                    .collect(Collectors.toSet());
            return new SessionEntry(
                    view.now(),
                    conversations,
                    joined.fromSeqs(),
                    opened,
                    view.missed(from, device.user().key(), conversations),
                    view.newestReceived(from, device.user().key(), conversations));
        }
    }
}
