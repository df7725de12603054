package dev.parley.message.receipt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.message.store.Message;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells who got and who read messages. It follows from the members' pointers, which conversation-service keeps. */
@Component
public final class ReceiptLookup {

    private static final Logger log = LoggerFactory.getLogger(ReceiptLookup.class);

    private static final int MAX_ASKED_AT_ONCE = 16;

    /** Bytes of the longest answer: that for the largest group that has receipts with names. */
    private static final int MAX_ANSWER_BYTES = 8 << 20;

    private final WebClient conversations;
    private final Duration pageTimeout;
    private final Cache<String, Mono<MemberPointers>> cache;

    ReceiptLookup(ServiceClients clients, ServiceAddresses services, ReceiptSettings settings, MeterRegistry meters) {
        this.conversations = clients.platformAt(services.of("conversation"))
                .mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_ANSWER_BYTES))
                .build();
        this.pageTimeout = settings.receiptTimeout();
        this.cache = CaffeineCacheMetrics.monitor(
                meters,
                Caffeine.newBuilder()
                        .maximumSize(settings.maxCachedReceipts())
                        .expireAfterWrite(settings.receiptMaxAge())
                        .recordStats()
                        .build(),
                "receipts");
    }

    /** The receipts of a message; fails if conversation-service does not answer. */
    public Mono<Receipts> of(Message message) {
        return pointers(message.conversationId()).map(pointers -> Receipts.of(message, pointers));
    }

    /**
     * The receipts of messages, by message id. Never fails: if conversation-service does not answer, a message has no
     * receipts, because messages without receipts are better than no messages.
     */
    public Mono<Map<String, Receipts>> of(Collection<Message> messages) {
        return Flux.fromStream(messages.stream().map(Message::conversationId).distinct())
                .flatMap(
                        id -> pointers(id)
                                .timeout(pageTimeout)
                                .onErrorResume(failure -> unknown(id, failure))
                                .map(pointers -> Map.entry(id, pointers)),
                        MAX_ASKED_AT_ONCE)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(known -> messages.stream()
                        .collect(Collectors.toMap(
                                Message::id,
                                message -> Receipts.of(
                                        message, known.getOrDefault(message.conversationId(), MemberPointers.UNKNOWN)),
                                (one, same) -> one)));
    }

    /** Forgets the pointers of a conversation because one of them moved: a client that hears of it may ask at once. */
    public void forget(String conversationId) {
        cache.invalidate(conversationId);
    }

    private static Mono<MemberPointers> unknown(String conversationId, Throwable failure) {
        log.debug("Messages of conversation {} are shown without receipts", conversationId, failure);
        return Mono.just(MemberPointers.UNKNOWN);
    }

    /** A failure is cached as long as an answer, so that a service in trouble is not asked for every page. */
    private Mono<MemberPointers> pointers(String conversationId) {
        return Mono.defer(() -> cache.get(conversationId, id -> ask(id).cache()));
    }

    private Mono<MemberPointers> ask(String conversationId) {
        return conversations
                .get()
                .uri("/conversations/{id}/pointers", conversationId)
                .retrieve()
                .bodyToMono(MemberPointers.class);
    }
}
