package dev.parley.notification.digest;

import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Asks other services what is needed for an e-mail and not kept here, once for each absence. If one of them does not answer, there is no
 * e-mail yet: a late one is better than one to somebody who is there.
 */
@Component
@Conditional(WithDigests.class)
class DigestPeople {

    private static final String OFFLINE = "offline";

    private record PresenceQuestion(String tenantId, Collection<String> userIds) {}

    private record UserStatus(String userId, String status) {}

    private record Statuses(List<UserStatus> users) {}

    private record AddressQuestion(String tenantId, Collection<String> ids) {}

    private record Address(String userId, String email) {}

    private record StretchQuestion(String tenantId, String userId, long afterSeq) {}

    private record Passed(String senderId) {}

    private record Stretch(List<Passed> messages) {}

    private final List<WebClient> presence;
    private final WebClient auth;
    private final WebClient messages;

    DigestPeople(ServiceClients clients, ServiceAddresses services) {
        List<URI> nodes = services.nodesOf("presence");
        this.presence = nodes.stream().map(clients::platformAt).toList();
        this.auth = clients.platformAt(services.of("auth"));
        this.messages = clients.platformAt(services.of("message"));
    }

    /** Those of the users who have a device connected. */
    Mono<Set<String>> there(String tenantId, Collection<String> userIds) {
        return statuses(new PresenceQuestion(tenantId, userIds), 0).map(answer -> answer.users().stream()
                .filter(user -> !user.status().equals(OFFLINE))
                .map(UserStatus::userId)
                .collect(Collectors.toSet()));
    }

    /** Every node knows all users, so if one does not answer the next is asked. */
    private Mono<Statuses> statuses(PresenceQuestion question, int node) {
        Mono<Statuses> answer = presence.get(node)
                .post()
                .uri("/presence")
                .bodyValue(question)
                .retrieve()
                .bodyToMono(Statuses.class);
        return node + 1 == presence.size() ? answer : answer.onErrorResume(failure -> statuses(question, node + 1));
    }

    /** By user id; those whom the tenant does not have are left out. */
    Mono<Map<String, String>> addresses(String tenantId, Collection<String> userIds) {
        return auth.post()
                .uri("/users/addresses")
                .bodyValue(new AddressQuestion(tenantId, userIds))
                .retrieve()
                .bodyToFlux(Address.class)
                .collectMap(Address::userId, Address::email);
    }

    /** Who wrote what a user has not read of a conversation, the last first, each once. */
    Mono<List<String>> senders(String tenantId, String userId, String conversationId, long afterSeq) {
        return messages.post()
                .uri("/conversations/{id}/stretch", conversationId)
                .bodyValue(new StretchQuestion(tenantId, userId, afterSeq))
                .retrieve()
                .bodyToMono(Stretch.class)
                .map(DigestPeople::lastFirst);
    }

    private static List<String> lastFirst(Stretch stretch) {
        List<Passed> passed = stretch.messages();
        return IntStream.range(0, passed.size())
                .mapToObj(i -> passed.get(passed.size() - 1 - i).senderId())
                .distinct()
                .toList();
    }
}
