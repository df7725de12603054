package dev.parley.presence.online;

import dev.parley.events.PresenceChanged;
import dev.parley.events.PresenceChanged.Status;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.ConnectedUser;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Schedulers;

/** Publishes the status of this node's users to all nodes over Kafka, without an outbox, in the order of the calls. */
@Component
final class PresencePublisher implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(PresencePublisher.class);
    private static final long RETRY_MILLIS = 1_000;

    private final EventPublisher publisher;
    private final EventCodec events;
    private final NodeId node;
    private final int maxConversations;
    private volatile boolean stopped;

    PresencePublisher(EventPublisher publisher, EventCodec events, NodeId node, PresenceSettings settings) {
        this.publisher = publisher;
        this.events = events;
        this.node = node;
        this.maxConversations = settings.nodes().maxConversations();
    }

    /** @param retry called later if publishing failed, to publish the status of that time */
    CompletableFuture<Void> online(
            ConnectedUser user,
            Status status,
            Instant since,
            Collection<String> conversationIds,
            Collection<String> openConversationIds,
            Runnable retry) {
        return publish(
                user,
                status,
                since,
                conversationIds.stream().limit(maxConversations).toList(),
                List.copyOf(openConversationIds),
                retry);
    }

    /** @param retry as in {@link #online} */
    void offline(ConnectedUser user, Instant lastSeenAt, Runnable retry) {
        publish(user, Status.OFFLINE, lastSeenAt, null, null, retry);
    }

    private CompletableFuture<Void> publish(
            ConnectedUser user,
            Status status,
            Instant at,
            @Nullable List<String> conversationIds,
            @Nullable List<String> openConversationIds,
            Runnable retry) {
        CompletableFuture<Void> published = publisher
                .publish(events.pending(new PresenceChanged(
                        node.value(), user.id(), user.tenantId(), status, at, conversationIds, openConversationIds)))
                .toFuture();
        return published.whenComplete((nothing, failure) -> {
            if (failure != null && !stopped) {
                log.warn("Could not publish that {} is {}, trying again: {}", user, status, failure.toString());
                Schedulers.parallel().schedule(retry, RETRY_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
    }

    @Override
    public void destroy() {
        stopped = true;
    }
}
