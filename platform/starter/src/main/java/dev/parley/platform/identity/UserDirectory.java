package dev.parley.platform.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.events.UserChanged;
import dev.parley.events.UserSummary;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.CallerProfiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Who the users are, as auth-service knows them. Answers are kept for a short while and replaced when a
 * {@code user.changed} event says so, so a name is at most {@code maxAge} old even if an event is late.
 */
public final class UserDirectory implements CallerProfiles {

    private static final int MAX_IDS_A_CALL = 200;
    private static final ParameterizedTypeReference<List<UserSummary>> SUMMARIES =
            new ParameterizedTypeReference<>() {};

    private record Key(String tenantId, String userId) {}

    private record Lookup(String tenantId, List<String> ids) {}

    private final WebClient auth;
    private final Cache<Key, UserSummary> known;

    UserDirectory(WebClient auth, long maxUsers, Duration maxAge) {
        this.auth = auth;
        this.known = Caffeine.newBuilder()
                .maximumSize(maxUsers)
                .expireAfterWrite(maxAge)
                .build();
    }

    /** The users of the caller's tenant among the ids, by id; an id of nobody, or of another tenant, is left out. */
    public Mono<Map<String, UserSummary>> find(Collection<String> ids, Caller caller) {
        return find(ids, caller.tenantId());
    }

    /** The users of the tenant among the ids, by id; an id of nobody, or of another tenant, is left out. */
    public Mono<Map<String, UserSummary>> find(Collection<String> ids, String tenantId) {
        Map<String, UserSummary> found = new HashMap<>();
        Set<String> missing = new HashSet<>();
        for (String id : ids) {
            UserSummary user = known.getIfPresent(new Key(tenantId, id));
            if (user == null) {
                missing.add(id);
            } else {
                found.put(id, user);
            }
        }
        return Flux.fromIterable(missing)
                .buffer(MAX_IDS_A_CALL)
                .concatMap(some -> ask(some, tenantId))
                .doOnNext(user -> found.put(user.id(), user))
                .then(Mono.just(found));
    }

    /** The user of the caller's tenant with this id; {@link #unknown} if there is none. */
    public Mono<UserSummary> profile(String userId, Caller caller) {
        return profile(userId, caller.tenantId());
    }

    /** The user of a tenant with this id; {@link #unknown} if there is none. */
    public Mono<UserSummary> profile(String userId, String tenantId) {
        return find(Set.of(userId), tenantId).map(found -> found.getOrDefault(userId, unknown(userId)));
    }

    /** From memory, or from auth-service; by the token where that does not answer. */
    @Override
    public Mono<Caller> current(Caller caller) {
        UserSummary profile = known.getIfPresent(new Key(caller.tenantId(), caller.userId()));
        if (profile != null) {
            return Mono.just(caller.with(profile));
        }
        return find(Set.of(caller.userId()), caller)
                .map(found -> caller.with(found.getOrDefault(caller.userId(), caller.summary())))
                .onErrorResume(failure -> Mono.just(caller));
    }

    private Flux<UserSummary> ask(List<String> ids, String tenantId) {
        return auth.post()
                .uri("/users/lookup")
                .bodyValue(new Lookup(tenantId, new ArrayList<>(ids)))
                .retrieve()
                .bodyToMono(SUMMARIES)
                .flatMapIterable(users -> users)
                .doOnNext(user -> known.put(new Key(tenantId, user.id()), user));
    }

    /** What to show for somebody who is not there (any more). */
    public static UserSummary unknown(String userId) {
        return new UserSummary(userId, "", "Unknown user", null);
    }

    Mono<Void> refresh(List<ReceivedEvent> batch) {
        for (ReceivedEvent event : batch) {
            if (event.data() instanceof UserChanged user) {
                known.put(
                        new Key(user.tenantId(), user.userId()),
                        new UserSummary(
                                user.userId(),
                                user.username(),
                                user.displayName(),
                                user.avatarUrl(),
                                user.avatarFileId()));
            }
        }
        return Mono.empty();
    }
}
