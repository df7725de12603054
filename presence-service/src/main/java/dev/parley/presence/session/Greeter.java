package dev.parley.presence.session;

import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.online.PresenceObservers;
import dev.parley.presence.stream.StreamOffset;
import dev.parley.presence.surface.LiveSurface;
import dev.parley.presence.surface.ResyncReason;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Ends the replay to a device: sends who is online, its stream offset and whether it must reload, and lets new events
 * through.
 */
@Component
final class Greeter {

    private final PresenceObservers observers;
    private final RecoveryMetrics metrics;
    private final int maxOnlineUsers;

    Greeter(PresenceObservers observers, RecoveryMetrics metrics, PresenceSettings settings) {
        this.observers = observers;
        this.metrics = metrics;
        this.maxOnlineUsers = settings.session().maxOnlineUsers();
    }

    void greet(ConnectedDevice device, LiveSurface surface, StreamOffset at, @Nullable ResyncReason resync) {
        List<String> online = observers.visibleTo(device.user().key()).stream()
                .limit(maxOnlineUsers)
                .toList();
        if (resync != null) {
            metrics.unrecovered(resync);
        }
        surface.greeting(at.format(), online, resync).forEach(device::replay);
        device.release();
    }
}
