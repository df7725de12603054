package dev.parley.message.receipt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import dev.parley.message.store.Message;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How far messages have come, worked out from the members' pointers, which conversation-service keeps. */
@Component
public final class ReceiptLookup {

    private static final Logger log = LoggerFactory.getLogger(ReceiptLookup.class);

    /** How long pointers are relied on. */
    private static final Duration MAX_AGE = Duration.ofSeconds(1);

    /** How long a page of messages waits for its receipts, and then goes without. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final int MAX_REMEMBERED = 10_000;
    private static final int MAX_ASKED_AT_ONCE = 16;

    /** Bytes of the longest answer: of the largest group that has receipts with names. */
    private static final int MAX_ANSWER = 8 << 20;

    private final WebClient conversations;
    private final Cache<String, Mono<MemberPointers>> remembered = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(MAX_AGE)
            .build();

    ReceiptLookup(ServiceClients clients, ServiceAddresses services) {
        this.conversations = clients.platformAt(services.of("conversation"))
                .mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_ANSWER))
                .build();
    }

    /** The receipts of a message; fails where conversation-service does not tell. */
    public Mono<Receipts> of(Message message) {
        return positions(message.conversationId()).map(positions -> Receipts.of(message, positions));
    }

    /**
     * The receipts of messages, by their ids. Never fails: where conversation-service does not tell, nobody is known to
     * have got a message, for a history without receipts is better than none.
     */
    public Mono<Map<String, Receipts>> of(Collection<Message> messages) {
        return Flux.fromStream(messages.stream().map(Message::conversationId).distinct())
                .flatMap(
                        id -> positions(id)
                                .timeout(PATIENCE)
                                .onErrorResume(failure -> unknown(id, failure))
                                .map(positions -> Map.entry(id, positions)),
                        MAX_ASKED_AT_ONCE)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(known -> messages.stream()
                        .collect(Collectors.toMap(
                                Message::id,
                                message -> Receipts.of(
                                        message, known.getOrDefault(message.conversationId(), MemberPointers.UNKNOWN)),
                                (one, same) -> one)));
    }

    /** Forgets the pointers of conversations in which somebody got or read something: who hears of it may ask at once. */
    public void forget(List<ReceivedEvent> batch) {
        for (ReceivedEvent event : batch) {
            if (event.data() instanceof ReceiptRead read) {
                remembered.invalidate(read.conversationId());
            } else if (event.data() instanceof ReceiptDelivered delivered) {
                remembered.invalidate(delivered.conversationId());
            }
        }
    }

    private static Mono<MemberPointers> unknown(String conversationId, Throwable failure) {
        log.debug("No receipts of {}", conversationId, failure);
        return Mono.just(MemberPointers.UNKNOWN);
    }

    /** A failure is remembered as long as an answer: a service that is not well is not asked for every page. */
    private Mono<MemberPointers> positions(String conversationId) {
        return Mono.defer(() -> remembered.get(conversationId, id -> ask(id).cache()));
    }

    private Mono<MemberPointers> ask(String conversationId) {
        return conversations
                .get()
                .uri("/conversations/{id}/pointers", conversationId)
                .retrieve()
                .bodyToMono(MemberPointers.class);
    }
}
