package dev.parley.presence.delivery;

import dev.parley.events.MessageSnapshot;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.device.Device;
import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.Recipient.Backlog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
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
 * open and nothing waited for it in this server any more, neither in its queues nor in the channel, because the kernel or
 * the client's poll took all of it. It does not mean that the client showed the message, or that a network that just broke
 * carried it. While something waits, the connection is checked again; if it closes before that, the message does not count
 * as delivered.
 */
@Component
public final class DeliveryTracker {

    /** One message that is on its way to some devices. */
    private record Sending(SentMessage message, List<Device> devices) {}

    private static final Logger log = LoggerFactory.getLogger(DeliveryTracker.class);

    private final DeliverySettings settings;
    private final Fanout fanout;
    private final DeliveryReporter reports;
    private final Counter untracked;
    private final Queue<Sending> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    DeliveryTracker(PresenceSettings settings, Fanout fanout, DeliveryReporter reports, MeterRegistry meters) {
        this.settings = settings.delivery();
        this.fanout = fanout;
        this.reports = reports;
        this.untracked = Counter.builder("parley.deliveries.unknown")
                .description("Messages on their way to a device whose delivery is not watched, because too many were")
                .register(meters);
        Gauge.builder("parley.deliveries.checking", waiting, AtomicInteger::get)
                .description("Sent messages, for each device, that may be on their way")
                .register(meters);
    }

    /**
     * A view was sent to these devices, which are not the sender's, that shows the message as the last of its conversation. Mostly
     * it was sent before, so nothing is to be found out.
     */
    public void shown(SentMessage message, List<Device> devices) {
        sent(
                message,
                devices.stream()
                        .filter(device ->
                                !reports.isNoticed(message, device.user().id()))
                        .toList());
    }

    /** A message was sent to these devices, which are not the sender's. */
    public void sent(SentMessage message, List<Device> devices) {
        if (devices.isEmpty()) {
            return;
        }
        if (waiting.addAndGet(devices.size()) > settings.maxWaiting()) {
            waiting.addAndGet(-devices.size());
            untracked.increment(devices.size());
            return;
        }
        queue.add(new Sending(message, devices));
        schedule();
    }

    /**
     * A device reconnected and has this message, and all before it. The node where the device was may have died before it could
     * report that, however long ago the message was sent: reports are repeated for as long as conversation-service is away. A
     * message of the user's own may stand for those of others before it.
     */
    public void alreadyReceived(MessageSnapshot newest, ConnectedUser user) {
        reports.delivered(SentMessage.of(newest), user.id(), now());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            Schedulers.parallel().schedule(this::check, settings.interval().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Waits for the event loops first: a message that they have not written yet must not look delivered. */
    private void check() {
        List<Sending> sent = new ArrayList<>();
        for (Sending next = queue.poll(); next != null; next = queue.poll()) {
            sent.add(next);
        }
        fanout.whenWritten()
                .then(Mono.<Void>fromRunnable(() -> sent.forEach(this::checkDevices)))
                .doFinally(end -> {
                    scheduled.set(false);
                    if (!queue.isEmpty()) {
                        schedule();
                    }
                })
                .subscribe(
                        nothing -> {},
                        failure -> log.error("Could not check some deliveries, they are not reported", failure));
    }

    private void checkDevices(Sending sent) {
        List<Device> undecided = new ArrayList<>();
        Instant now = now();
        for (Device device : sent.devices()) {
            Backlog backlog = device.backlog();
            if (backlog == Backlog.WAITING) {
                undecided.add(device);
                continue;
            }
            waiting.decrementAndGet();
            if (backlog == Backlog.NONE) {
                reports.delivered(sent.message(), device.user().id(), now);
            }
        }
        if (!undecided.isEmpty()) {
            queue.add(new Sending(sent.message(), undecided));
        }
    }
}
