package dev.parley.presence.online;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.events.UserChanged;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.device.UserKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * To whom users show when they were last seen, as auth-service knows it. The door stays closed where that does not answer: a
 * time that was shown once cannot be taken back.
 */
@Component
public final class LastSeenPrivacy {

    /** Who sees when a user was last seen. */
    public enum Visibility {
        EVERYONE,
        /** Those who share a conversation with the user. */
        CONTACTS,
        NOBODY;

        /** What another version calls otherwise is shown to nobody. */
        static Visibility named(String name) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "everyone" -> EVERYONE;
                case "contacts" -> CONTACTS;
                default -> NOBODY;
            };
        }
    }

    private static final Logger log = LoggerFactory.getLogger(LastSeenPrivacy.class);
    private static final int MAX_IDS_A_CALL = 200;
    private static final int CALLS_AT_ONCE = 4;
    private static final long MAX_REMEMBERED = 200_000;

    /** Should a change never be heard of. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    /** Others wait for the answer to hear who went. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** After auth-service has let others wait in vain: with a node many users go, some told of at a time. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final ParameterizedTypeReference<List<Choice>> CHOICES = new ParameterizedTypeReference<>() {};

    private record Question(String tenantId, List<String> ids) {}

    private record Choice(String userId, String lastSeenVisibility) {}

    private final WebClient auth;
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong askedAgainFrom = new AtomicLong(System.nanoTime());
    private final Cache<UserKey, Visibility> known = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    LastSeenPrivacy(ServiceClients clients, ServiceAddresses services) {
        this.auth = clients.platformAt(services.of("auth"));
    }

    /** What each of these users of a tenant has chosen; {@link Visibility#NOBODY} where it cannot be learned. Never fails. */
    public Mono<Map<String, Visibility>> of(String tenantId, Collection<String> userIds) {
        Map<String, Visibility> chosen = new HashMap<>();
        for (String userId : userIds) {
            Visibility remembered = known.getIfPresent(new UserKey(tenantId, userId));
            if (remembered != null) {
                chosen.put(userId, remembered);
            }
        }
        List<String> missing = userIds.stream()
                .distinct()
                .filter(userId -> !chosen.containsKey(userId))
                .toList();
        long begin = System.nanoTime();
        return Flux.fromIterable(missing)
                .buffer(MAX_IDS_A_CALL)
                .filter(some -> System.nanoTime() - askedAgainFrom.get() >= 0)
                .flatMap(some -> ask(tenantId, some), CALLS_AT_ONCE)
                .take(LONGEST_WAIT)
                .doOnNext(chosen::putAll)
                .then(Mono.fromSupplier(() -> {
                    if (System.nanoTime() - begin >= LONGEST_WAIT.toNanos()) {
                        askedAgainFrom.set(System.nanoTime() + PAUSE.toNanos());
                    }
                    missing.forEach(userId -> chosen.putIfAbsent(userId, Visibility.NOBODY));
                    return chosen;
                }));
    }

    private Mono<Map<String, Visibility>> ask(String tenantId, List<String> userIds) {
        long before = changes.get();
        return auth.post()
                .uri("/users/privacy")
                .bodyValue(new Question(tenantId, userIds))
                .retrieve()
                .bodyToMono(CHOICES)
                .map(choices -> {
                    Map<String, Visibility> answer = new HashMap<>();
                    userIds.forEach(userId -> answer.put(userId, Visibility.EVERYONE));
                    choices.forEach(one -> answer.put(one.userId(), Visibility.named(one.lastSeenVisibility())));
                    remember(tenantId, answer, before);
                    return answer;
                })
                .onErrorResume(failure -> {
                    log.warn("Nobody is told when some users were last seen: {}", failure.toString());
                    return Mono.empty();
                });
    }

    /** Unless it may be older than a change that was heard of meanwhile. */
    private void remember(String tenantId, Map<String, Visibility> answer, long before) {
        answer.forEach((userId, visibility) -> {
            UserKey key = new UserKey(tenantId, userId);
            known.put(key, visibility);
            if (changes.get() != before) {
                known.invalidate(key);
            }
        });
    }

    /** Whoever changed is asked for again. */
    Mono<Void> refresh(List<ReceivedEvent> batch) {
        for (ReceivedEvent event : batch) {
            if (event.data() instanceof UserChanged user) {
                changes.incrementAndGet();
                known.invalidate(new UserKey(user.tenantId(), user.userId()));
            }
        }
        return Mono.empty();
    }
}
