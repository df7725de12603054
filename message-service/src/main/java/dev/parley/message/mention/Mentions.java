package dev.parley.message.mention;

import dev.parley.events.Block;
import dev.parley.events.UserSummary;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Finds the members whom a text mentions by {@code @username}. */
@Component
public final class Mentions {

    private static final Logger log = LoggerFactory.getLogger(Mentions.class);

    private static final ParameterizedTypeReference<List<UserSummary>> SUMMARIES =
            new ParameterizedTypeReference<>() {};

    private record Lookup(String tenantId, List<String> usernames) {}

    private record Users(Set<String> userIds) {}

    private final WebClient auth;
    private final WebClient conversations;
    private final MentionSettings settings;

    Mentions(ServiceClients clients, ServiceAddresses services, MentionSettings settings) {
        this.auth = clients.platformAt(services.of("auth"));
        this.conversations = clients.platformAt(services.of("conversation"));
        this.settings = settings;
    }

    /**
     * The ids of the members whom the blocks mention, in the order of their names, each once. Asks nobody if the blocks
     * contain no name. Never fails: a message without mentions is better than a message that was not sent.
     */
    public Mono<List<String>> in(List<Block> blocks, String tenantId, String conversationId) {
        MentionedNames names = MentionedNames.in(blocks, settings.maxMentions());
        if (names.isEmpty()) {
            return Mono.just(List.of());
        }
        return members(names, tenantId, conversationId)
                .map(members -> chosen(names, members))
                .timeout(settings.mentionTimeout())
                .onErrorResume(failure -> {
                    log.warn("A message in conversation {} is sent without mentions", conversationId, failure);
                    return Mono.just(List.of());
                });
    }

    /** The members who have one of the names, by username in lower case. */
    private Mono<Map<String, String>> members(MentionedNames names, String tenantId, String conversationId) {
        return auth.post()
                .uri("/users/by-username")
                .bodyValue(new Lookup(tenantId, names.all()))
                .retrieve()
                .bodyToMono(SUMMARIES)
                .filter(users -> !users.isEmpty())
                .flatMap(users -> among(users, conversationId).map(members -> byName(users, members)))
                .defaultIfEmpty(Map.of());
    }

    private Mono<Set<String>> among(Collection<UserSummary> users, String conversationId) {
        Set<String> ids = users.stream().map(UserSummary::id).collect(Collectors.toSet());
        return conversations
                .post()
                .uri("/conversations/{id}/members/among", conversationId)
                .bodyValue(new Users(ids))
                .retrieve()
                .bodyToMono(Users.class)
                .map(Users::userIds);
    }

    private static Map<String, String> byName(Collection<UserSummary> users, Set<String> members) {
        Map<String, String> ids = new HashMap<>();
        users.stream()
                .filter(user -> members.contains(user.id()))
                .forEach(user -> ids.put(user.username().toLowerCase(Locale.ROOT), user.id()));
        return ids;
    }

    private static List<String> chosen(MentionedNames names, Map<String, String> members) {
        return names.readings().stream()
                .map(readings -> readings.stream()
                        .map(members::get)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
