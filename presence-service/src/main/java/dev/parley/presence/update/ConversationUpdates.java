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
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Tells members how they see a conversation that has changed: at once where it was quiet, else after an interval, in which
 * more changes may gather. The last state is always told, and one conversation is never asked about twice at a time, so no
 * older state is told after a newer one.
 */
@Component
public final class ConversationUpdates implements ConversationChangeListener {

    private static final Logger log = LoggerFactory.getLogger(ConversationUpdates.class);

    /** How often it is tried again while the service fails: for about 36 seconds, with the shortest pauses. */
    private static final int MAX_FAILURES = 24;

    /** How often the pause between two such attempts doubles. */
    private static final int MAX_DOUBLINGS = 3;

    private final ConversationAnnouncer announcer;
    private final FanoutScope scope;
    private final MemberRooms members;
    private final UpdateSettings settings;
    private final Counter dropped;

    /** What is pending, of the conversations that are told of now or were just now. */
    private final Map<String, PendingUpdates> busy = new ConcurrentHashMap<>();

    private final Queue<String> due = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();

    ConversationUpdates(
            ConversationAnnouncer announcer, FanoutScope scope, PresenceSettings settings, MeterRegistry meters) {
        this.announcer = announcer;
        this.scope = scope;
        this.members = scope.members();
        this.settings = settings.updates();
        this.dropped = meters.counter("parley.conversation-updates.dropped");
    }

    @Override
    public void opened(String tenantId, String conversationId, Collection<String> userIds) {
        want(tenantId, conversationId, pending -> userIds.forEach(userId -> pending.openedFor(userId, 0)));
    }

    @Override
    public void changed(String tenantId, String conversationId, @Nullable String userId) {
        if (members.countMembersHere(conversationId) == 0
                && (userId == null || !members.isHere(new UserKey(tenantId, userId)))) {
            return;
        }
        want(tenantId, conversationId, pending -> {
            if (userId == null) {
                pending.changedForAll();
            } else {
                pending.changedFor(userId);
            }
        });
    }

    @Override
    public void read(ReceiptRead read) {
        askAgain(read.conversationId(), read.userId());
        received(read.tenantId(), read.conversationId(), read.messages());
    }

    @Override
    public void delivered(ReceiptDelivered delivered) {
        received(delivered.tenantId(), delivered.conversationId(), delivered.messages());
    }

    /** The sender of the last message sees how far it has come; the last, if it is among these, is the newest of them. */
    private void received(String tenantId, String conversationId, List<ReceivedMessage> oldestFirst) {
        if (oldestFirst.isEmpty()) {
            return;
        }
        String senderId = oldestFirst.get(oldestFirst.size() - 1).senderId();
        if (members.isMemberHere(new UserKey(tenantId, senderId), conversationId)) {
            want(tenantId, conversationId, pending -> pending.changedFor(senderId));
        }
    }

    /** The reader is told the new count at once: an answer that is under way may be older, and be told after it. */
    private void askAgain(String conversationId, String readerId) {
        busy.computeIfPresent(conversationId, (id, pending) -> {
            if (pending.isAsked()) {
                pending.changedFor(readerId);
            }
            return pending;
        });
    }

    private void want(String tenantId, String conversationId, Consumer<PendingUpdates> what) {
        busy.compute(conversationId, (id, known) -> {
            PendingUpdates pending = known;
            if (pending == null) {
                if (busy.size() >= settings.maxConversations()) {
                    dropped.increment();
                    return null;
                }
                pending = new PendingUpdates(tenantId);
                due.add(id);
            }
            what.accept(pending);
            return pending;
        });
        begin();
    }

    private void begin() {
        while (!due.isEmpty() && inFlight.get() < settings.maxInFlight()) {
            if (inFlight.incrementAndGet() > settings.maxInFlight()) {
                inFlight.decrementAndGet();
                // Whoever ended meanwhile may have taken this one for one that is under way.
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
        PendingUpdates now = take(conversationId);
        PendingUpdates later = new PendingUpdates(now.tenantId());
        announcer
                .announce(scope, conversationId, now, later)
                .retryWhen(Retry.fixedDelay(1, settings.interval()))
                .subscribe(
                        nothing -> {},
                        failure -> failed(conversationId, now, failure),
                        () -> ended(conversationId, later));
    }

    /** From here on what is wanted gathers for the next time. */
    private PendingUpdates take(String conversationId) {
        PendingUpdates[] taken = new PendingUpdates[1];
        busy.computeIfPresent(conversationId, (id, pending) -> {
            taken[0] = pending;
            return PendingUpdates.whileAsked(pending.tenantId());
        });
        return taken[0];
    }

    private void failed(String conversationId, PendingUpdates pending, Throwable failure) {
        PendingUpdates later = pending.afterFailure(MAX_FAILURES);
        if (later.isEmpty()) {
            dropped.increment();
            log.warn("Members of {} are not told what became of it: {}", conversationId, failure.toString());
        } else if (pending.attempts() == 0) {
            log.warn("The members of {} are not told yet what became of it: {}", conversationId, failure.toString());
        }
        ended(conversationId, later);
    }

    private void ended(String conversationId, PendingUpdates later) {
        busy.computeIfPresent(conversationId, (id, pending) -> {
            pending.answered(later);
            return pending;
        });
        Duration pause = settings.intervalOf(members.countMembersHere(conversationId))
                .multipliedBy(1L << Math.min(later.attempts(), MAX_DOUBLINGS));
        Schedulers.parallel().schedule(() -> rested(conversationId), pause.toMillis(), TimeUnit.MILLISECONDS);
        inFlight.decrementAndGet();
        begin();
    }

    private void rested(String conversationId) {
        busy.computeIfPresent(conversationId, (id, pending) -> {
            if (pending.isEmpty()) {
                return null;
            }
            due.add(id);
            return pending;
        });
        begin();
    }
}
