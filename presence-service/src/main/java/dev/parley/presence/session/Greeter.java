package dev.parley.presence.session;

import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.online.PresenceObservers;
import dev.parley.presence.online.PresenceVisibility;
import dev.parley.presence.profile.RecentProfiles;
import dev.parley.presence.stream.StreamOffset;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.surface.LiveSurface;
import dev.parley.presence.surface.ResyncReason;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Ends the replay to a device: sends which names changed, who is online, its stream offset and whether it must reload, and lets
 * new events through.
 */
@Component
final class Greeter {

    private final PresenceObservers observers;
    private final PresenceVisibility visibility;
    private final RecentProfiles profiles;
    private final RecoveryMetrics metrics;
    private final int maxOnlineUsers;

    Greeter(
            PresenceObservers observers,
            PresenceVisibility visibility,
            RecentProfiles profiles,
            RecoveryMetrics metrics,
            PresenceSettings settings) {
        this.observers = observers;
        this.visibility = visibility;
        this.profiles = profiles;
        this.metrics = metrics;
        this.maxOnlineUsers = settings.session().maxOnlineUsers();
    }

    /**
     * The online users whom the user of a device sees. Requested while the device is held back: it is sent changes after them.
     * Never fails.
     */
    Mono<List<String>> onlineUsers(ConnectedDevice device) {
        UserKey user = device.user().key();
        return visibility
                .visible(user, observers.visibleTo(user))
                .map(online -> online.stream().limit(maxOnlineUsers).toList());
    }

    /**
     * Sends a device the present names and pictures of those who changed them while it was away. After the messages that it missed,
     * which have those of their time. A change from shortly before it was cut off may come again.
     *
     * @param scope reaches only this device
     */
    void showProfiles(
            ConnectedDevice device, LiveSurface surface, FanoutScope scope, Set<String> conversations, Instant since) {
        List<String> observer = List.of(device.user().id());
        profiles.showSince(since, device.user().key(), conversations, change -> surface.renderers()
                .forEach(renderer -> renderer.profileChanged(change, observer, EventContext.unrecorded(scope))));
    }

    void greet(
            ConnectedDevice device,
            LiveSurface surface,
            StreamOffset at,
            List<String> online,
            @Nullable ResyncReason resync) {
        if (resync != null) {
            metrics.unrecovered(resync);
        }
        surface.greeting(at.format(), online, resync).forEach(device::replay);
        device.release();
    }
}
