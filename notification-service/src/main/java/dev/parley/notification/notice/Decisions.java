package dev.parley.notification.notice;

import dev.parley.notification.notice.Decision.Recipient;
import dev.parley.notification.notice.Decision.Subject;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Decides about stored notices. */
@Component
final class Decisions {

    private final Duration maxAge;

    Decisions(NoticeSettings settings) {
        this.maxAge = settings.maxAge();
    }

    Decision of(Notice notice, boolean direct, Recipient recipient, Instant now) {
        Subject subject = new Subject(
                notice.kind(),
                direct,
                notice.seq(),
                notice.actorId(),
                notice.mentions(),
                notice.isGone(),
                isExpired(notice, now));
        return Decision.of(subject, recipient, now);
    }

    boolean isExpired(Notice notice, Instant now) {
        return notice.happenedAt().plus(maxAge).isBefore(now);
    }
}
