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

/** Tells the users of this node that others came, went or turned away, in the order in which it happened. */
@Component
final class PresenceNotifier {

    /** @param observers the ids of the users at this node who are told */
    record Notification(PresenceTransition transition, Collection<String> observers) {

        boolean saysWhen() {
            return transition.went() && !observers.isEmpty();
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

    /** Completes when all is handed to the devices. */
    Mono<Void> notify(List<Notification> notifications) {
        Map<String, List<String>> going = notifications.stream()
                .filter(Notification::saysWhen)
                .map(Notification::transition)
                .collect(Collectors.groupingBy(
                        transition -> transition.user().tenantId(),
                        Collectors.mapping(transition -> transition.user().userId(), Collectors.toList())));
        return Flux.fromIterable(going.entrySet())
                .flatMap(tenant -> privacy.of(tenant.getKey(), tenant.getValue())
                        .map(chosen -> Map.entry(tenant.getKey(), chosen)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .doOnNext(choices -> notifications.forEach(one -> notify(one, choices)))
                .then();
    }

    private void notify(Notification notification, Map<String, Map<String, Visibility>> choices) {
        PresenceTransition transition = notification.transition();
        Visibility chosen = choices.getOrDefault(transition.user().tenantId(), Map.of())
                .getOrDefault(transition.user().userId(), Visibility.NOBODY);
        // All who are told share a conversation with the user.
        @Nullable Instant lastSeenAt = chosen == Visibility.NOBODY ? null : transition.lastSeenAt();
        EventContext context = EventContext.unrecorded(scope);
        surfaces.render(
                "that %s is %s".formatted(transition.user(), transition.now()),
                renderer -> renderer.presenceChanged(transition, notification.observers(), lastSeenAt, context));
    }
}
