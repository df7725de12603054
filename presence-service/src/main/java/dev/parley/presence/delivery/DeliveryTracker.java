package dev.parley.presence.delivery;

import dev.parley.events.MessageSnapshot;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.device.Device;
import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.Recipient.Backlog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Finds out which messages were delivered, and has it reported.
 *
 * <p>Delivered means: the message was handed to a connection of the recipient, and a moment later the connection was still
 * open and nothing waited for it any more in this server, neither in its queues nor in the channel: the kernel took all of
 * it, or the client's poll did. It does not mean that the client has shown it, or that a network that just broke
 * carried it. While something waits it is looked at again; a connection that ends before is no delivery.
 */
@Component
public final class DeliveryTracker {

    /** One message on its way to some devices. */
    private record OnItsWay(MessageSnapshot message, List<Device> devices) {}

    private static final Logger log = LoggerFactory.getLogger(DeliveryTracker.class);

    private final DeliverySettings settings;
    private final Fanout fanout;
    private final DeliveryReporter reports;
    private final Counter givenUp;
    private final Queue<OnItsWay> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    DeliveryTracker(PresenceSettings settings, Fanout fanout, DeliveryReporter reports, MeterRegistry meters) {
        this.settings = settings.delivery();
        this.fanout = fanout;
        this.reports = reports;
        this.givenUp = meters.counter("parley.deliveries.unknown");
    }

    /** A message was handed to these devices, of others than its sender. */
    public void handed(MessageSnapshot message, List<Device> devices) {
        if (devices.isEmpty()) {
            return;
        }
        if (waiting.addAndGet(devices.size()) > settings.maxWaiting()) {
            waiting.addAndGet(-devices.size());
            givenUp.increment(devices.size());
            return;
        }
        queue.add(new OnItsWay(message, devices));
        schedule();
    }

    /** A device came back and has this message: what became of it where the device was may never have been reported. */
    public void held(MessageSnapshot message, ConnectedUser user) {
        if (!message.sender().id().equals(user.id())) {
            reports.delivered(message, user.id(), now());
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            Schedulers.parallel().schedule(this::look, settings.interval().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** What the loops have not come to yet must not look as if it had left. */
    private void look() {
        List<OnItsWay> handed = new ArrayList<>();
        for (OnItsWay next = queue.poll(); next != null; next = queue.poll()) {
            handed.add(next);
        }
        fanout.settled()
                .then(Mono.<Void>fromRunnable(() -> handed.forEach(this::settle)))
                .doFinally(end -> {
                    scheduled.set(false);
                    if (!queue.isEmpty()) {
                        schedule();
                    }
                })
                .subscribe(nothing -> {}, failure -> log.error("Some deliveries are not reported", failure));
    }

    private void settle(OnItsWay one) {
        List<Device> undecided = new ArrayList<>();
        Instant now = now();
        for (Device device : one.devices()) {
            Backlog backlog = device.backlog();
            if (backlog == Backlog.WAITING) {
                undecided.add(device);
                continue;
            }
            waiting.decrementAndGet();
            if (backlog == Backlog.NONE) {
                reports.delivered(one.message(), device.user().id(), now);
            }
        }
        if (!undecided.isEmpty()) {
            queue.add(new OnItsWay(one.message(), undecided));
        }
    }
}
