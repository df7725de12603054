package dev.parley.platform.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/** Makes the jobs of a service. */
public final class RecurringJobs {

    private final Leadership leadership;
    private final MeterRegistry meters;
    private final AtomicBoolean measured = new AtomicBoolean();

    RecurringJobs(Leadership leadership, MeterRegistry meters) {
        this.leadership = leadership;
        this.meters = meters;
    }

    /**
     * A job that one instance does for all. When that instance dies, another does the job from the start a little later. So a turn may
     * be done in part and then again, and its writes depend on what they found.
     *
     * @param name what is done, for the log
     * @param work one turn; its parts are {@link Term#step steps} where it takes long
     */
    public RecurringJob once(String name, Duration interval, Mono<?> work) {
        return once(name, Duration.ZERO, interval, work);
    }

    /** The same, for a job that is not to be done at once by an instance that begins to lead. */
    public RecurringJob onceLater(String name, Duration interval, Mono<?> work) {
        return once(name, interval, interval, work);
    }

    private RecurringJob once(String name, Duration first, Duration interval, Mono<?> work) {
        if (measured.compareAndSet(false, true)) {
            Gauge.builder("parley.jobs.leading", () -> leadership.leads() ? 1 : 0)
                    .description("1 at the instance that does the jobs that one instance does for all")
                    .register(meters);
        }
        return new RecurringJob(name, first, interval, work, leadership);
    }

    /** A job that each instance does, because it is about that instance alone. */
    public RecurringJob everywhere(String name, Duration interval, Mono<?> work) {
        return new RecurringJob(name, Duration.ZERO, interval, work, null);
    }

    /** The same, for a job that is not to be done at once by an instance that starts. */
    public RecurringJob everywhereLater(String name, Duration interval, Mono<?> work) {
        return new RecurringJob(name, interval, interval, work, null);
    }
}
