package dev.parley.media.processing;

import dev.parley.media.file.FileKind;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** The work on files, as metrics. */
@Component
final class ProcessingMetrics {

    /** What came of one try. */
    enum Outcome {
        /** All was made that can be made. */
        DONE,
        /** Malware was found. */
        INFECTED,
        /** The file is not served. */
        FAILED,
        /** It is tried again. */
        RETRIED,
        /** It was tried often enough, and stays without a preview. */
        GIVEN_UP
    }

    private final MeterRegistry meters;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicInteger active = new AtomicInteger();

    ProcessingMetrics(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("parley.media.processing.waiting", waiting, AtomicLong::get)
                .description("Files that wait to be worked on, counted up to a bound")
                .register(meters);
        Gauge.builder("parley.media.processing.active", active, AtomicInteger::get)
                .description("Files that are worked on now")
                .register(meters);
    }

    void waiting(long files) {
        waiting.set(files);
    }

    Timer.Sample begin() {
        active.incrementAndGet();
        return Timer.start(meters);
    }

    void end() {
        active.decrementAndGet();
    }

    void ended(Timer.Sample begun, FileKind kind, Outcome outcome) {
        begun.stop(Timer.builder("parley.media.processing")
                .description("Time of the work on a file, once for each try")
                .tag("kind", kind.wireName())
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .publishPercentileHistogram()
                .register(meters));
    }
}
