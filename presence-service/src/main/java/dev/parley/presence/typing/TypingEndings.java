package dev.parley.presence.typing;

import dev.parley.events.MessageSnapshot;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.stream.ConversationChangeListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/** Ends the typing of users who do not say so themselves: who sent the message, left the conversation, or fell silent. */
@Component
final class TypingEndings implements ConversationChangeListener, DisposableBean {

    private static final int CHECKS_PER_EXPIRY = 20;

    /** Messages have their time in whole milliseconds. */
    private static final Duration PRECISION = Duration.ofMillis(1);

    private final TypingSignals signals;
    private final Disposable checks;

    TypingEndings(TypingSignals signals, PresenceSettings settings) {
        this.signals = signals;
        long pause = settings.typingExpiry().dividedBy(CHECKS_PER_EXPIRY).toNanos();
        this.checks =
                Schedulers.parallel().schedulePeriodically(signals::endExpired, pause, pause, TimeUnit.NANOSECONDS);
    }

    /**
     * Whoever reports typing after the message was stored is writing the next one. That compares clocks of two machines; where
     * they differ, what was sent over a socket is still known exactly, by its answer.
     */
    @Override
    public void written(MessageSnapshot message) {
        Duration age = Duration.between(message.createdAt().plus(PRECISION), Instant.now());
        signals.ended(
                new UserKey(message.tenantId(), message.sender().id()),
                message.conversationId(),
                System.nanoTime() - age.toNanos());
    }

    @Override
    public void left(String tenantId, String conversationId, Collection<String> userIds) {
        long now = System.nanoTime();
        userIds.forEach(userId -> signals.ended(new UserKey(tenantId, userId), conversationId, now));
    }

    @Override
    public void destroy() {
        checks.dispose();
    }
}
