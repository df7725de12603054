package dev.parley.message.mention;

import dev.parley.events.Block;
import dev.parley.events.UserSummary;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import dev.parley.platform.text.TextFolding;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds the members whom a text mentions by {@code @username}. */
@Component
public final class Mentions {

    private static final Logger log = LoggerFactory.getLogger(Mentions.class);

    private static final ParameterizedTypeReference<List<UserSummary>> SUMMARIES =
            new ParameterizedTypeReference<>() {};

    /** How many names auth-service looks up at once. */
    private static final int MAX_LOOKED_UP = 50;

    private static final int MAX_LOOKUPS_AT_ONCE = 4;

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
                .map(names::mentioned)
                .timeout(settings.mentionTimeout())
                .onErrorResume(failure -> {
                    log.warn("A message in conversation {} is sent without mentions", conversationId, failure);
                    return Mono.just(List.of());
                });
    }

    /** The members who have one of the names, by username in lower case and by folded username. */
    private Mono<Map<String, String>> members(MentionedNames names, String tenantId, String conversationId) {
        return Flux.fromIterable(names.all())
                .buffer(MAX_LOOKED_UP)
                .flatMap(some -> users(new Lookup(tenantId, some)), MAX_LOOKUPS_AT_ONCE)
                .collectList()
                .filter(users -> !users.isEmpty())
                .flatMap(users -> among(users, conversationId).map(members -> byName(users, members)))
                .defaultIfEmpty(Map.of());
    }

    private Flux<UserSummary> users(Lookup lookup) {
        return auth.post()
                .uri("/users/by-username")
                .bodyValue(lookup)
                .retrieve()
                .bodyToMono(SUMMARIES)
                .flatMapIterable(users -> users);
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
        List<UserSummary> those =
                users.stream().filter(user -> members.contains(user.id())).toList();
        those.forEach(user -> ids.put(user.username().toLowerCase(Locale.ROOT), user.id()));
        those.forEach(user -> ids.putIfAbsent(TextFolding.fold(user.username()), user.id()));
        return ids;
    }
}
