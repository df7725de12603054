package dev.parley.message.receipt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.message.store.Message;
import dev.parley.platform.batch.CoalescingBatcher;
import dev.parley.platform.security.Caller;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Reports to conversation-service up to where members have fetched messages, because what is fetched is delivered. Nobody
 * waits for a report. One that is lost is made up for by the next fetch.
 */
@Component
public final class FetchReporter implements DisposableBean {

    /** How many deliveries conversation-service takes at once. */
    private static final int MAX_BATCH = 1_000;

    /** Members of whom it is remembered what was reported last, so that the same is not reported again. */
    private static final int MAX_REMEMBERED = 100_000;

    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);

    private record Member(String conversationId, String userId) {}

    private record Delivery(String conversationId, String tenantId, String userId, long seq, Instant at) {}

    private record Report(List<Delivery> deliveries) {}

    private final WebClient conversations;
    private final CoalescingBatcher<Member, Delivery> batches;
    private final Cache<Member, Long> reported = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(REMEMBERED_FOR)
            .build();

    FetchReporter(ServiceClients clients, ServiceAddresses services, ReceiptSettings settings, MeterRegistry meters) {
        this.conversations = clients.platformAt(services.of("conversation"));
        this.batches = new CoalescingBatcher<>(
                new CoalescingBatcher.Bounds(
                        settings.fetchReportInterval(),
                        settings.fetchReportRetry(),
                        MAX_BATCH,
                        settings.maxUnreportedFetches()),
                (known, other) -> known.seq() >= other.seq() ? known : other,
                this::report,
                Counter.builder("parley.messages.fetches.unreported")
                        .description("Fetches by members that were not reported as deliveries: too many were waiting")
                        .register(meters));
    }

    /** A user is shown messages, in answer to whatever request. What a former member sees is not reported. */
    public void fetched(Caller caller, Collection<Message> messages) {
        Map<String, Long> newest = new HashMap<>();
        messages.stream()
                .filter(message -> !message.isFrom(caller.userId()))
                .filter(message -> !message.isSystemMessage())
                .filter(message -> message.seenAsOf() == null)
                .forEach(message -> newest.merge(message.conversationId(), message.seq(), Math::max));
        Instant now = Instant.now();
        newest.forEach((conversationId, seq) ->
                note(new Delivery(conversationId, caller.tenantId(), caller.userId(), seq, now)));
    }

    private void note(Delivery delivery) {
        Member member = new Member(delivery.conversationId(), delivery.userId());
        Long last = reported.getIfPresent(member);
        if (last == null || last < delivery.seq()) {
            batches.add(member, delivery);
        }
    }

    private Mono<Void> report(Map<Member, Delivery> batch) {
        return conversations
                .post()
                .uri("/deliveries")
                .bodyValue(new Report(List.copyOf(batch.values())))
                .retrieve()
                .toBodilessEntity()
                .doOnNext(done -> batch.forEach((member, delivery) -> reported.put(member, delivery.seq())))
                .then();
    }

    @Override
    public void destroy() {
        batches.close();
    }
}
