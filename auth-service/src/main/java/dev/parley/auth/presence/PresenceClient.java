package dev.parley.auth.presence;

import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks presence-service who is online. Users can be shown without that, so the wait is short and no failure is passed on. */
@Component
class PresenceClient {

    private static final int MAX_USERS_A_CALL = 1_000;
    private static final Set<String> STATUSES = Set.of("online", "away", "offline");

    private record Question(String tenantId, List<String> userIds) {}

    private record UserStatus(String userId, String status) {}

    private record Statuses(List<UserStatus> users) {}

    private final List<WebClient> nodes;
    private final AtomicInteger turn = new AtomicInteger();
    private final PresenceSettings settings;
    private final Counter unanswered;

    PresenceClient(ServiceClients clients, ServiceAddresses services, PresenceSettings settings, MeterRegistry meters) {
        List<URI> addresses = settings.nodes().isEmpty() ? services.nodesOf("presence") : settings.nodes();
        this.nodes = addresses.stream().map(clients::platformAt).toList();
        this.settings = settings;
        this.unanswered = Counter.builder("parley.auth.presence.unanswered")
                .description("Questions that presence-service did not answer in time")
                .register(meters);
    }

    /**
     * The statuses of users of one tenant by user id: {@code online}, {@code away} or {@code offline}. Never fails: users of whom
     * presence-service says nothing in time are left out.
     */
    Mono<Map<String, String>> of(String tenantId, Collection<String> userIds) {
        return Flux.fromIterable(userIds)
                .buffer(MAX_USERS_A_CALL)
                .flatMap(some -> ask(new Question(tenantId, some)))
                .collect(HashMap::new, (known, user) -> known.put(user.userId(), user.status()));
    }

    private Flux<UserStatus> ask(Question question) {
        int first = Math.floorMod(turn.getAndIncrement(), nodes.size());
        return ask(question, first, nodes.size() - 1)
                .timeout(settings.timeout())
                .flatMapIterable(Statuses::users)
                .filter(user -> STATUSES.contains(user.status()))
                .onErrorResume(failure -> {
                    unanswered.increment();
                    return Flux.empty();
                });
    }

    /** Every node knows all users, so if one does not answer the next is asked. */
    private Mono<Statuses> ask(Question question, int node, int others) {
        Mono<Statuses> answer = nodes.get(node % nodes.size())
                .post()
                .uri("/presence")
                .bodyValue(question)
                .retrieve()
                .bodyToMono(Statuses.class);
        return others == 0
                ? answer
                : answer.timeout(settings.timeout().dividedBy(nodes.size()))
                        .onErrorResume(failure -> ask(question, node + 1, others - 1));
    }
}
