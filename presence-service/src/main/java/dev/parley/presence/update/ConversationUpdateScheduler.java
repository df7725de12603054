package dev.parley.presence.update;

import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import dev.parley.events.ReceivedMessage;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.stream.ConversationChangeListener;
import dev.parley.presence.surface.FanoutScope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Decides when members are shown a conversation that has changed: at once if it was quiet, otherwise after an interval in
 * which more changes are collected. The last state is always shown. There is at most one request for a conversation at a
 * time, so no older state is shown after a newer one.
 */
@Component
public final class ConversationUpdateScheduler implements ConversationChangeListener {

    private static final Logger log = LoggerFactory.getLogger(ConversationUpdateScheduler.class);

    /** How often a failed request is repeated: for at least about 36 seconds. */
    private static final int MAX_FAILURES = 24;

    /** How often the pause between two of these attempts doubles. */
    private static final int MAX_DOUBLINGS = 3;

    private final ConversationAnnouncer announcer;
    private final FanoutScope scope;
    private final MemberRooms members;
    private final UpdateSettings settings;
    private final Counter dropped;

    /** What is pending, by conversation, of those that are shown now or were shown just now. */
    private final Map<String, PendingUpdates> active = new ConcurrentHashMap<>();

    private final Queue<String> due = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();

    ConversationUpdateScheduler(
            ConversationAnnouncer announcer, FanoutScope scope, PresenceSettings settings, MeterRegistry meters) {
        this.announcer = announcer;
        this.scope = scope;
        this.members = scope.members();
        this.settings = settings.updates();
        this.dropped = Counter.builder("parley.conversation-updates.dropped")
                .description("Updates of conversations that were given up until the next change")
                .register(meters);
        Gauge.builder("parley.conversation-updates.pending", this, updates -> updates.oldest()
                        .count())
                .description("Conversations with updates that members have not been sent")
                .register(meters);
        Gauge.builder("parley.conversation-updates.oldest.seconds", this, ConversationUpdateScheduler::oldestSeconds)
                .description("Age of the oldest update that members have not been sent")
                .register(meters);
    }

    @Override
    public void opened(String tenantId, String conversationId, Collection<String> userIds) {
        addPending(tenantId, conversationId, pending -> userIds.forEach(userId -> pending.openedFor(userId, 0)));
    }

    @Override
    public void changed(String tenantId, String conversationId, @Nullable String userId) {
        if (members.countLocalMembers(conversationId) == 0
                && (userId == null || !members.isConnected(new UserKey(tenantId, userId)))) {
            return;
        }
        addPending(tenantId, conversationId, pending -> {
            if (userId == null) {
                pending.changedForAll();
            } else {
                pending.changedFor(userId);
            }
        });
    }

    @Override
    public void read(ReceiptRead read) {
        requestAgain(read.conversationId(), read.userId());
        updateLastSender(read.tenantId(), read.conversationId(), read.messages());
    }

    @Override
    public void delivered(ReceiptDelivered delivered) {
        updateLastSender(delivered.tenantId(), delivered.conversationId(), delivered.messages());
    }

    /**
     * The sender of the last message sees that it was read or delivered. If the last message is among these messages, it is
     * the newest.
     */
    private void updateLastSender(String tenantId, String conversationId, List<ReceivedMessage> oldestFirst) {
        if (oldestFirst.isEmpty()) {
            return;
        }
        String senderId = oldestFirst.get(oldestFirst.size() - 1).senderId();
        if (members.isLocalMember(new UserKey(tenantId, senderId), conversationId)) {
            addPending(tenantId, conversationId, pending -> pending.changedFor(senderId));
        }
    }

    /**
     * The reader is sent the new count at once. A request that is under way may have an older count and be shown after it.
     */
    private void requestAgain(String conversationId, String readerId) {
        active.computeIfPresent(conversationId, (id, pending) -> {
            if (pending.isRequestInFlight()) {
                pending.changedFor(readerId);
            }
            return pending;
        });
    }

    private void addPending(String tenantId, String conversationId, Consumer<PendingUpdates> change) {
        active.compute(conversationId, (id, known) -> {
            PendingUpdates pending = known;
            if (pending == null) {
                if (active.size() >= settings.maxConversations()) {
                    dropped.increment();
                    return null;
                }
                pending = new PendingUpdates(tenantId);
                due.add(id);
            }
            change.accept(pending);
            return pending;
        });
        startDue();
    }

    private void startDue() {
        while (!due.isEmpty() && inFlight.get() < settings.maxInFlight()) {
            if (inFlight.incrementAndGet() > settings.maxInFlight()) {
                inFlight.decrementAndGet();
                // Check again: a request that ended just now may have counted this attempt as a running request.
                continue;
            }
            String next = due.poll();
            if (next == null) {
                inFlight.decrementAndGet();
            } else {
                run(next);
            }
        }
    }

    private void run(String conversationId) {
        PendingUpdates pending = take(conversationId);
        PendingUpdates later = new PendingUpdates(pending.tenantId());
        announcer
                .announce(scope, conversationId, pending, later)
                .retryWhen(Retry.fixedDelay(1, settings.interval()))
                .subscribe(
                        nothing -> {},
                        failure -> failed(conversationId, pending, failure),
                        () -> finished(conversationId, later));
    }

    /** Takes what is pending. Changes from here on are collected for the next request. */
    private PendingUpdates take(String conversationId) {
        PendingUpdates[] taken = new PendingUpdates[1];
        active.computeIfPresent(conversationId, (id, pending) -> {
            taken[0] = pending;
            return pending.duringRequest();
        });
        return taken[0];
    }

    private void failed(String conversationId, PendingUpdates pending, Throwable failure) {
        PendingUpdates later = pending.afterFailure(MAX_FAILURES);
        if (later.isEmpty()) {
            dropped.increment();
            log.warn(
                    "Dropped an update of conversation {} after repeated failures: {}",
                    conversationId,
                    failure.toString());
        } else if (pending.attempts() == 0) {
            log.warn(
                    "Could not show an update of conversation {}, trying again: {}",
                    conversationId,
                    failure.toString());
        }
        finished(conversationId, later);
    }

    private void finished(String conversationId, PendingUpdates later) {
        active.computeIfPresent(conversationId, (id, pending) -> {
            pending.requestEnded(later);
            return pending;
        });
        Duration pause = settings.intervalOf(members.countLocalMembers(conversationId))
                .multipliedBy(1L << Math.min(later.attempts(), MAX_DOUBLINGS));
        Schedulers.parallel().schedule(() -> pauseEnded(conversationId), pause.toMillis(), TimeUnit.MILLISECONDS);
        inFlight.decrementAndGet();
        startDue();
    }

    private void pauseEnded(String conversationId) {
        active.computeIfPresent(conversationId, (id, pending) -> {
            if (pending.isEmpty()) {
                return null;
            }
            due.add(id);
            return pending;
        });
        startDue();
    }

    /** For each conversation with updates that members have not been shown, when the oldest became pending. */
    private Stream<Instant> oldest() {
        return active.values().stream().map(PendingUpdates::oldest).filter(Objects::nonNull);
    }

    private double oldestSeconds() {
        return oldest().min(Comparator.naturalOrder())
                .map(since -> Duration.between(since, Instant.now()).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
