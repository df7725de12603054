package dev.parley.presence.online;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.events.UserChanged;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.UserKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads who may see when users were last seen and whether they are online, as they have set it in auth-service. {@link
 * PresenceVisibility} decides by it.
 */
@Component
public final class LastSeenPrivacy {

    /** Who may see when a user was last seen, and whether the user is online. */
    public enum Visibility {
        EVERYONE,
        /** Users who share a conversation with the user. */
        CONTACTS,
        NOBODY;

        /** A value that this version does not know means nobody. */
        static Visibility named(@Nullable String name) {
            return name == null ? EVERYONE : ofName(name);
        }

        private static Visibility ofName(String name) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "everyone" -> EVERYONE;
                case "contacts" -> CONTACTS;
                default -> NOBODY;
            };
        }
    }

    private static final Logger log = LoggerFactory.getLogger(LastSeenPrivacy.class);
    private static final int MAX_IDS_PER_CALL = 200;
    private static final int MAX_CONCURRENT_CALLS = 4;

    /**
     * How long auth-service is not asked again after a timeout. When a node dies many users go offline, in several batches.
     */
    private static final Duration PAUSE_AFTER_TIMEOUT = Duration.ofSeconds(2);

    private static final ParameterizedTypeReference<List<PrivacyChoice>> CHOICES =
            new ParameterizedTypeReference<>() {};

    private record PrivacyRequest(String tenantId, List<String> ids) {}

    private record PrivacyChoice(String userId, String lastSeenVisibility) {}

    private final WebClient authService;
    private final AtomicLong pausedUntil = new AtomicLong(System.nanoTime());
    private final Cache<UserKey, Visibility> cache;
    private final Duration maxWait;

    LastSeenPrivacy(ServiceClients clients, ServiceAddresses services, PresenceSettings settings) {
        this.authService = clients.platformAt(services.of("auth"));
        this.maxWait = settings.lastSeen().privacyTimeout();
        this.cache = Caffeine.newBuilder()
                .maximumSize(settings.lastSeen().maxCachedPrivacy())
                .expireAfterWrite(settings.lastSeen().privacyCacheTime())
                .build();
    }

    /**
     * The visibility that each of these users of a tenant has set, without users for whom it cannot be read in time. Never
     * fails.
     */
    public Mono<Map<String, Visibility>> visibilities(String tenantId, Collection<String> userIds) {
        Map<String, Visibility> visibilities = new HashMap<>();
        for (String userId : userIds) {
            Visibility cached = cache.getIfPresent(new UserKey(tenantId, userId));
            if (cached != null) {
                visibilities.put(userId, cached);
            }
        }
        List<String> missing = userIds.stream()
                .distinct()
                .filter(userId -> !visibilities.containsKey(userId))
                .toList();
        long begin = System.nanoTime();
        return Flux.fromIterable(missing)
                .buffer(MAX_IDS_PER_CALL)
                .filter(some -> System.nanoTime() - pausedUntil.get() >= 0)
                .flatMap(some -> request(tenantId, some), MAX_CONCURRENT_CALLS)
                .take(maxWait)
                .doOnNext(visibilities::putAll)
                .then(Mono.fromSupplier(() -> {
                    if (System.nanoTime() - begin >= maxWait.toNanos()) {
                        pausedUntil.set(System.nanoTime() + PAUSE_AFTER_TIMEOUT.toNanos());
                    }
                    return visibilities;
                }));
    }

    private Mono<Map<String, Visibility>> request(String tenantId, List<String> userIds) {
        return authService
                .post()
                .uri("/users/privacy")
                .bodyValue(new PrivacyRequest(tenantId, userIds))
                .retrieve()
                .bodyToMono(CHOICES)
                .map(choices -> {
                    Map<String, Visibility> answer = new HashMap<>();
                    userIds.forEach(userId -> answer.put(userId, Visibility.EVERYONE));
                    choices.forEach(
                            choice -> answer.put(choice.userId(), Visibility.named(choice.lastSeenVisibility())));
                    answer.replaceAll((userId, visibility) -> cached(new UserKey(tenantId, userId), visibility));
                    return answer;
                })
                .onErrorResume(failure -> {
                    log.warn(
                            "Hiding some users, because auth-service failed to say what they have set: {}",
                            failure.toString());
                    return Mono.empty();
                });
    }

    /** Caches an answer, unless the user has set something while it was requested: the answer may be older. */
    private Visibility cached(UserKey user, Visibility answer) {
        Visibility newer = cache.asMap().putIfAbsent(user, answer);
        return newer == null ? answer : newer;
    }

    /** What a user has set, if that was read recently or the user has changed since. */
    Optional<Visibility> newest(UserKey user) {
        return Optional.ofNullable(cache.getIfPresent(user));
    }

    /** Returns what a user has set, who changed just now. */
    public Visibility changed(UserChanged user) {
        Visibility visibility = Visibility.named(user.lastSeenVisibility());
        cache.put(new UserKey(user.tenantId(), user.userId()), visibility);
        return visibility;
    }
}
