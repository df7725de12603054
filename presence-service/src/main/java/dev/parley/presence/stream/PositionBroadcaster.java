package dev.parley.presence.stream;

import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.Device;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.surface.LiveSurface;
import dev.parley.presence.surface.LiveSurfaces;
import dev.parley.presence.transport.WireForm;
import dev.parley.presence.transport.WireMessage;
import java.time.Duration;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * Regularly sends all devices their position in the stream. Otherwise a device that is sent nothing else for a long time
 * would reconnect with an offset that is too old to recover from.
 */
@Component
final class PositionBroadcaster implements DisposableBean {

    private final FanoutScope scope;
    private final LiveSurfaces surfaces;
    private final EventLog eventLog;
    private final Disposable broadcasts;

    PositionBroadcaster(FanoutScope scope, LiveSurfaces surfaces, EventLog eventLog, PresenceSettings settings) {
        this.scope = scope;
        this.surfaces = surfaces;
        this.eventLog = eventLog;
        Duration interval = settings.recovery().positionInterval();
        this.broadcasts = Schedulers.parallel()
                .schedulePeriodically(this::broadcast, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void broadcast() {
        Collection<Device> devices = scope.rooms().devices().allMembers();
        eventLog.betweenEvents(view -> {
            String offset = view.now().format();
            Map<WireForm, WireMessage> messages = new IdentityHashMap<>();
            for (LiveSurface surface : surfaces.all()) {
                messages.put(surface.form(), surface.position(offset));
            }
            return scope.fanout().send(devices, messages::get);
        });
    }

    @Override
    public void destroy() {
        broadcasts.dispose();
    }
}
