package dev.parley.platform.outbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.event.PendingEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Publishes events, but not again those that are under way or have just been published, here or by another instance: a
 * document that changes quickly would send all that is pending with each change.
 */
final class RecentPublications {

    /** Shorter than an event must be left for the sweeper to publish it. What is forgotten is only published again. */
    private static final Duration MEMORY = Duration.ofSeconds(5);

    private static final int MAX_REMEMBERED = 50_000;

    /** An event whose data was amended is another one. */
    private record Version(String eventId, int dataHash) {

        private static Version of(PendingEvent event) {
            return new Version(event.id(), event.data().hashCode());
        }
    }

    private final EventPublisher publisher;
    private final Cache<Version, CompletableFuture<Void>> recent = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(MEMORY)
            .build();

    /** The ids of events that were read from their topic. */
    private final Cache<String, Boolean> seen = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(MEMORY)
            .build();

    RecentPublications(EventPublisher publisher) {
        this.publisher = publisher;
    }

    void seen(Collection<String> eventIds) {
        eventIds.forEach(id -> seen.put(id, true));
    }

    /**
     * Publishes the events in the order of the list, from the first one on that was not published recently.
     *
     * @return those that this call sent, when all of the list are stored by the broker; empty if it sent none. Fails if
     *     one of the list is not stored, also if another call sent it: so what came behind it stays pending too
     */
    Mono<List<PendingEvent>> publish(List<PendingEvent> events) {
        return Mono.defer(() -> {
            List<CompletableFuture<Void>> sendings = new ArrayList<>();
            List<PendingEvent> sent = send(events, sendings);
            CompletableFuture<Void> stored = CompletableFuture.allOf(sendings.toArray(CompletableFuture[]::new));
            return Mono.fromFuture(stored, true).then(sent.isEmpty() ? Mono.empty() : Mono.just(sent));
        });
    }

    /** One call at a time, so that no event overtakes another that is already remembered but not yet handed over. */
    private synchronized List<PendingEvent> send(List<PendingEvent> events, List<CompletableFuture<Void>> sendings) {
        for (PendingEvent event : events) {
            CompletableFuture<Void> known = sending(event);
            if (known == null) {
                break;
            }
            sendings.add(known);
        }
        List<PendingEvent> left = events.subList(sendings.size(), events.size());
        if (!left.isEmpty()) {
            CompletableFuture<Void> sending = publisher.publish(left).toFuture();
            left.forEach(event -> recent.put(Version.of(event), sending));
            sending.whenComplete((nothing, failure) -> {
                if (failure != null) {
                    left.forEach(event -> recent.asMap().remove(Version.of(event), sending));
                }
            });
            sendings.add(sending);
        }
        return left;
    }

    /** The sending of an event, if it was sent recently. */
    private @Nullable CompletableFuture<Void> sending(PendingEvent event) {
        CompletableFuture<Void> own = recent.getIfPresent(Version.of(event));
        return own == null && seen.getIfPresent(event.id()) != null ? CompletableFuture.completedFuture(null) : own;
    }
}
