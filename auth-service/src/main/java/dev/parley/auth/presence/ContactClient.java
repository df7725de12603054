package dev.parley.auth.presence;

import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks conversation-service who of some users share a conversation with somebody. While it does not answer nobody does: a status that was
 * shown once cannot be taken back.
 */
@Component
class ContactClient {

    private static final int MAX_USERS_A_CALL = 200;
    private static final int MAX_CALLS_AT_ONCE = 4;

    private record Question(String userId, List<String> userIds) {}

    private record Contacts(List<String> userIds) {}

    private final WebClient conversations;
    private final PresenceSettings settings;
    private final Counter unanswered;

    ContactClient(ServiceClients clients, ServiceAddresses services, PresenceSettings settings, MeterRegistry meters) {
        this.conversations = clients.platformAt(services.of("conversation"));
        this.settings = settings;
        this.unanswered = Counter.builder("parley.auth.contacts.unanswered")
                .description("Questions that conversation-service did not answer in time")
                .register(meters);
    }

    /** Never fails. */
    Mono<Set<String>> among(String userId, List<String> others) {
        return Flux.fromIterable(others)
                .buffer(MAX_USERS_A_CALL)
                .flatMap(some -> ask(new Question(userId, some)), MAX_CALLS_AT_ONCE)
                .collect(Collectors.toSet());
    }

    private Flux<String> ask(Question question) {
        return conversations
                .post()
                .uri("/contacts")
                .bodyValue(question)
                .retrieve()
                .bodyToMono(Contacts.class)
                .timeout(settings.timeout())
                .flatMapIterable(Contacts::userIds)
                .onErrorResume(failure -> {
                    unanswered.increment();
                    return Flux.empty();
                });
    }
}
