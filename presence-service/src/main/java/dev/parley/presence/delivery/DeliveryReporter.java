package dev.parley.presence.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.batch.CoalescingBatcher;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.PresenceSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Reports to conversation-service up to which message each member was delivered messages: only the newest message of each
 * member, and never an older one after it.
 */
@Component
final class DeliveryReporter implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(DeliveryReporter.class);
    private static final Duration FINAL_REPORT_TIMEOUT = Duration.ofSeconds(1);

    /** Members of whom it is remembered what was noticed last. */
    private static final int MAX_REMEMBERED = 200_000;

    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);

    private record Member(String conversationId, String userId) {}

    /** @param at when the delivery was noticed */
    private record Delivery(String conversationId, String tenantId, String userId, long seq, Instant at) {}

    private record Report(List<Delivery> deliveries) {}

    private final WebClient conversationService;
    private final CoalescingBatcher<Member, Delivery> batches;

    /** The newest message of each member whose delivery was noticed. What is noticed is reported until it succeeds. */
    private final Cache<Member, Long> noticed = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(REMEMBERED_FOR)
            .build();

    DeliveryReporter(
            ServiceClients clients, ServiceAddresses services, PresenceSettings settings, MeterRegistry meters) {
        this.conversationService = clients.platformAt(services.of("conversation"));
        DeliverySettings bounds = settings.delivery();
        this.batches = new CoalescingBatcher<>(
                new CoalescingBatcher.Bounds(bounds.interval(), bounds.retry(), bounds.maxBatch(), bounds.maxWaiting()),
                (known, other) -> known.seq() >= other.seq() ? known : other,
                this::report,
                Counter.builder("parley.deliveries.unreported")
                        .description("Deliveries that are not reported, because too many waited")
                        .register(meters));
        Gauge.builder("parley.deliveries.waiting", batches, CoalescingBatcher::waiting)
                .description("Deliveries that wait to be reported to conversation-service")
                .register(meters);
    }

    /** Whether it was noticed already that the user has this message, or a newer one of the conversation. */
    boolean isNoticed(SentMessage message, String userId) {
        Long seq = noticed.getIfPresent(new Member(message.conversationId(), userId));
        return seq != null && seq >= message.seq();
    }

    void delivered(SentMessage message, String userId, Instant at) {
        Member member = new Member(message.conversationId(), userId);
        noticed.asMap().merge(member, message.seq(), Long::max);
        batches.add(member, new Delivery(message.conversationId(), message.tenantId(), userId, message.seq(), at));
    }

    private Mono<Void> report(Map<Member, Delivery> batch) {
        return conversationService
                .post()
                .uri("/deliveries")
                .bodyValue(new Report(List.copyOf(batch.values())))
                .retrieve()
                .toBodilessEntity()
                .then();
    }

    /** Reports what is pending. What fails is reported when the devices reconnect. */
    @Override
    public void destroy() {
        batches.close();
        try {
            batches.flush().block(FINAL_REPORT_TIMEOUT);
        } catch (RuntimeException failure) {
            log.warn("Could not report some deliveries: {}", failure.toString());
        }
    }
}
