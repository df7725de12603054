package dev.parley.platform.identity;

import dev.parley.events.UserSummary;
import dev.parley.platform.security.Caller;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Users, as auth-service shows them to one user of their tenant. What belongs to a user is its affair, so it is passed on as it comes.
 * Nothing is remembered: whether somebody is online is part of it, and not everybody may see that.
 */
public final class UserProfiles {

    private static final int MAX_IDS_A_CALL = 200;
    private static final int MAX_CALLS_AT_ONCE = 4;
    private static final ParameterizedTypeReference<List<ObjectNode>> PROFILES = new ParameterizedTypeReference<>() {};

    private record Lookup(String tenantId, String viewerId, List<String> ids) {}

    private final WebClient auth;

    UserProfiles(WebClient auth) {
        this.auth = auth;
    }

    /**
     * The users of the viewer's tenant among the ids, by id; an id of nobody, or of another tenant, is left out.
     *
     * @return fails as auth-service answers, or does not
     */
    public Mono<Map<String, ObjectNode>> find(Collection<String> ids, Caller viewer) {
        return Flux.fromIterable(Set.copyOf(ids))
                .buffer(MAX_IDS_A_CALL)
                .flatMap(some -> ask(new Lookup(viewer.tenantId(), viewer.userId(), some)), MAX_CALLS_AT_ONCE)
                .collectMap(user -> user.path("id").asString());
    }

    private Flux<ObjectNode> ask(Lookup lookup) {
        return auth.post()
                .uri("/users/profiles")
                .bodyValue(lookup)
                .retrieve()
                .bodyToMono(PROFILES)
                .flatMapIterable(users -> users);
    }

    /** One of those found; where it is not there (any more), an id with a name that says so. */
    public static ObjectNode orUnknown(Map<String, ObjectNode> found, String userId) {
        ObjectNode user = found.get(userId);
        if (user != null) {
            return user.deepCopy();
        }
        UserSummary unknown = UserDirectory.unknown(userId);
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", unknown.id())
                .put("username", unknown.username())
                .put("displayName", unknown.displayName());
    }
}
