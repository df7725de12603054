package dev.parley.presence.cluster;

import dev.parley.presence.online.LastSeenPrivacy;
import dev.parley.presence.online.LastSeenPrivacy.Visibility;
import dev.parley.presence.online.PresenceTransition;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.surface.LiveSurfaces;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Notifies the users of this node about changes of other users' statuses, in the order in which they happened. */
@Component
final class PresenceNotifier {

    /** @param observers the ids of the users at this node who are notified */
    record Notification(PresenceTransition transition, Collection<String> observers) {

        boolean hasLastSeen() {
            return transition.wentOffline() && !observers.isEmpty();
        }
    }

    private final LiveSurfaces surfaces;
    private final FanoutScope scope;
    private final LastSeenPrivacy privacy;

    PresenceNotifier(LiveSurfaces surfaces, FanoutScope scope, LastSeenPrivacy privacy) {
        this.surfaces = surfaces;
        this.scope = scope;
        this.privacy = privacy;
    }

    /** Completes when the notifications were handed to the devices. */
    Mono<Void> notify(List<Notification> notifications) {
        Map<String, List<String>> offlineUsers = notifications.stream()
                .filter(Notification::hasLastSeen)
                .map(Notification::transition)
                .collect(Collectors.groupingBy(
                        transition -> transition.user().tenantId(),
                        Collectors.mapping(transition -> transition.user().userId(), Collectors.toList())));
        return Flux.fromIterable(offlineUsers.entrySet())
                .flatMap(tenant -> privacy.visibilities(tenant.getKey(), tenant.getValue())
                        .map(ofTenant -> Map.entry(tenant.getKey(), ofTenant)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .doOnNext(visibilities -> notifications.forEach(notification -> notify(notification, visibilities)))
                .then();
    }

    private void notify(Notification notification, Map<String, Map<String, Visibility>> visibilities) {
        PresenceTransition transition = notification.transition();
        Visibility visibility = visibilities
                .getOrDefault(transition.user().tenantId(), Map.of())
                .getOrDefault(transition.user().userId(), Visibility.NOBODY);
        // All observers share a conversation with the user, so they count as contacts.
        @Nullable Instant lastSeenAt = visibility == Visibility.NOBODY ? null : transition.lastSeenAt();
        EventContext context = EventContext.unrecorded(scope);
        surfaces.render(
                () -> "that %s is %s".formatted(transition.user(), transition.now()),
                renderer -> renderer.presenceChanged(transition, notification.observers(), lastSeenAt, context));
    }
}
