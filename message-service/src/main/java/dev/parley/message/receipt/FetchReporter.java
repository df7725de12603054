package dev.parley.message.receipt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.events.SenderKind;
import dev.parley.message.access.MemberAccess;
import dev.parley.message.store.Message;
import dev.parley.platform.security.Caller;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells conversation-service which messages members have fetched, which is one way of delivering them. Nobody waits for it:
 * the furthest place of each member is told at short intervals, and what is lost is told by the next fetch.
 */
@Component
public final class FetchReporter implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FetchReporter.class);
    private static final Duration INTERVAL = Duration.ofMillis(250);

    /** Members whose fetches wait to be told; those of others are left to their next fetch. */
    private static final int MAX_WAITING = 20_000;

    /** What conversation-service takes at once. */
    private static final int MAX_TOLD_AT_ONCE = 1_000;

    /** Members of whom it is remembered what was told last, so that the same is not told again. */
    private static final int MAX_REMEMBERED = 100_000;

    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);

    private record Key(String conversationId, String userId) {}

    private record Delivery(String conversationId, String tenantId, String userId, long seq, Instant at) {

        private Key key() {
            return new Key(conversationId, userId);
        }

        private Delivery further(Delivery other) {
            return other.seq > seq ? other : this;
        }
    }

    private final WebClient conversations;
    private final Map<Key, Delivery> waiting = new ConcurrentHashMap<>();
    private final Cache<Key, Long> told = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(REMEMBERED_FOR)
            .build();
    private Disposable telling = Disposables.disposed();

    FetchReporter(ServiceClients clients, ServiceAddresses services) {
        this.conversations = clients.platformAt(services.of("conversation"));
    }

    /** A member was given messages. */
    public void fetched(Caller caller, MemberAccess access, List<Message> messages) {
        if (!access.active()) {
            return;
        }
        messages.stream()
                .filter(message -> !message.senderId().equals(caller.userId()))
                .filter(message -> message.senderKind() != SenderKind.SYSTEM)
                .mapToLong(Message::seq)
                .max()
                .ifPresent(seq -> note(
                        new Delivery(access.conversationId(), caller.tenantId(), caller.userId(), seq, Instant.now())));
    }

    private void note(Delivery delivery) {
        Long last = told.getIfPresent(delivery.key());
        boolean known = last != null && last >= delivery.seq();
        if (!known && (waiting.size() < MAX_WAITING || waiting.containsKey(delivery.key()))) {
            waiting.merge(delivery.key(), delivery, Delivery::further);
        }
    }

    private Mono<Void> tell() {
        List<Delivery> some = waiting.values().stream().limit(MAX_TOLD_AT_ONCE).toList();
        some.forEach(delivery -> waiting.remove(delivery.key(), delivery));
        return some.isEmpty() ? Mono.empty() : tell(some);
    }

    private Mono<Void> tell(List<Delivery> some) {
        return conversations
                .post()
                .uri("/deliveries")
                .bodyValue(Map.of("deliveries", some))
                .retrieve()
                .toBodilessEntity()
                .doOnNext(taken -> some.forEach(delivery -> told.put(delivery.key(), delivery.seq())))
                .then()
                .onErrorResume(failure -> {
                    log.warn(
                            "Not told that {} members fetched messages: their next fetch will be",
                            some.size(),
                            failure);
                    return Mono.empty();
                });
    }

    @Override
    public void start() {
        telling = Flux.interval(INTERVAL)
                .onBackpressureDrop()
                .concatMap(tick -> tell())
                .subscribe();
    }

    @Override
    public void stop() {
        telling.dispose();
    }

    @Override
    public boolean isRunning() {
        return !telling.isDisposed();
    }
}
