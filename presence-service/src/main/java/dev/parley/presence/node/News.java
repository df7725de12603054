package dev.parley.presence.node;

import dev.parley.presence.live.PresenceTransition;
import dev.parley.presence.live.Surface;
import dev.parley.presence.online.LastSeenPrivacy;
import dev.parley.presence.online.LastSeenPrivacy.Visibility;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells those connected here what became of others, in the order in which it happened. */
@Component
final class News {

    /** @param observers those here who are told, by user id */
    record Item(PresenceTransition transition, Collection<String> observers) {

        boolean saysWhen() {
            return transition.went() && !observers.isEmpty();
        }
    }

    private static final Logger log = LoggerFactory.getLogger(News.class);

    private final List<Surface> surfaces;
    private final LastSeenPrivacy privacy;

    News(List<Surface> surfaces, LastSeenPrivacy privacy) {
        this.surfaces = surfaces;
        this.privacy = privacy;
    }

    /** Completes when it was told. */
    Mono<Void> tell(List<Item> items) {
        Map<String, List<String>> going = items.stream()
                .filter(Item::saysWhen)
                .map(Item::transition)
                .collect(Collectors.groupingBy(
                        PresenceTransition::tenantId,
                        Collectors.mapping(PresenceTransition::userId, Collectors.toList())));
        return Flux.fromIterable(going.entrySet())
                .flatMap(tenant -> privacy.of(tenant.getKey(), tenant.getValue())
                        .map(chosen -> Map.entry(tenant.getKey(), chosen)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .doOnNext(choices -> items.forEach(item -> tell(item, choices)))
                .then();
    }

    private void tell(Item item, Map<String, Map<String, Visibility>> choices) {
        PresenceTransition transition = item.transition();
        Visibility chosen = choices.getOrDefault(transition.tenantId(), Map.of())
                .getOrDefault(transition.userId(), Visibility.NOBODY);
        // All who are told share a conversation with the user.
        @Nullable Instant lastSeenAt = chosen == Visibility.NOBODY ? null : transition.lastSeenAt();
        for (Surface surface : surfaces) {
            try {
                surface.presenceChanged(transition, item.observers(), lastSeenAt);
            } catch (RuntimeException failure) {
                // It happened, whoever cannot be told: the rest is told yet.
                log.warn("Not all were told that {} is {}", transition.userId(), transition.now(), failure);
            }
        }
    }
}
