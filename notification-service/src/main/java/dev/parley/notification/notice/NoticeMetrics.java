package dev.parley.notification.notice;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** What there is to tell, and what was decided, as metrics. */
@Component
final class NoticeMetrics {

    private final Counter heard;
    private final Counter failed;
    private final AtomicLong due = new AtomicLong();
    private final AtomicLong dueMillis = new AtomicLong();

    NoticeMetrics(MeterRegistry meters) {
        this.heard = Counter.builder("parley.notification.notices")
                .description("Messages, reactions and additions to groups that there is something to tell of")
                .register(meters);
        this.failed = Counter.builder("parley.notification.notices.failed")
                .description("Notices that failed until they were too old")
                .register(meters);
        Gauge.builder("parley.notification.notices.due", due, AtomicLong::get)
                .description("Notices whose hold is over and that were not brought to all yet, counted up to a bound")
                .register(meters);
        TimeGauge.builder("parley.notification.notices.due.age", dueMillis, TimeUnit.MILLISECONDS, AtomicLong::get)
                .description("For how long the oldest notice has been due")
                .register(meters);
    }

    void heard(int notices) {
        heard.increment(notices);
    }

    void failed() {
        failed.increment();
    }

    void due(long notices, Duration oldest) {
        due.set(notices);
        dueMillis.set(oldest.toMillis());
    }
}
