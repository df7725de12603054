package dev.parley.presence.profile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.events.UserChanged;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.membership.MembershipClient;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.surface.LiveSurfaces;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Shows the users of this node that somebody has another name or picture: all who share a conversation with that user, once
 * however many conversations they share, and the user's own devices. The first change is shown at once; further ones of the
 * same user are collected, and the last is shown.
 *
 * <p>The user need not be online, so conversation-service is asked for the conversations. If it does not answer, nobody is
 * told: the new name is shown where the user is next, in answers and events. Devices that are away are shown it by
 * {@link RecentProfiles} when they are back.
 */
@Component
public final class ProfileNotifier implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ProfileNotifier.class);

    private static final Duration CHECKED_EVERY = Duration.ofMillis(100);

    /** How long further changes of a user are collected. */
    private static final Duration COLLECTED_FOR = Duration.ofSeconds(3);

    /** Users whose changes wait to be shown; a further user is not shown to others live. */
    private static final int MAX_PENDING = 10_000;

    private static final int MAX_REQUESTS_AT_ONCE = 4;
    private static final Retry TWICE_MORE = Retry.backoff(2, Duration.ofMillis(500));

    private final MembershipClient memberships;
    private final MemberRooms members;
    private final LiveSurfaces surfaces;
    private final FanoutScope scope;
    private final RecentProfiles recent;
    private final Disposable checks;

    private final Map<UserKey, UserChanged> pending = new ConcurrentHashMap<>();
    private final Cache<UserKey, Boolean> shownRecently = Caffeine.newBuilder()
            .maximumSize(MAX_PENDING)
            .expireAfterWrite(COLLECTED_FOR)
            .build();

    ProfileNotifier(
            MembershipClient memberships,
            MemberRooms members,
            LiveSurfaces surfaces,
            FanoutScope scope,
            RecentProfiles recent) {
        this.memberships = memberships;
        this.members = members;
        this.surfaces = surfaces;
        this.scope = scope;
        this.recent = recent;
        this.checks = Flux.interval(CHECKED_EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> showPending(), 1)
                .subscribe();
    }

    void changed(UserChanged user) {
        UserKey key = new UserKey(user.tenantId(), user.userId());
        if (pending.size() < MAX_PENDING || pending.containsKey(key)) {
            pending.put(key, user);
        }
    }

    private Mono<Void> showPending() {
        return Flux.fromIterable(Set.copyOf(pending.keySet()))
                .filter(user -> shownRecently.getIfPresent(user) == null)
                .flatMap(this::show, MAX_REQUESTS_AT_ONCE)
                .then();
    }

    private Mono<Void> show(UserKey user) {
        shownRecently.put(user, true);
        UserChanged change = pending.remove(user);
        if (change == null) {
            return Mono.empty();
        }
        return memberships
                .conversationsOf(user)
                .retryWhen(TWICE_MORE)
                .doOnNext(conversationIds -> recent.show(
                        change, conversationIds, () -> show(change, observers(change.userId(), conversationIds))))
                .then()
                .onErrorResume(failure -> {
                    log.warn("Could not show others the new profile of {}: {}", user, failure.toString());
                    return Mono.empty();
                });
    }

    private Set<String> observers(String userId, Collection<String> conversationIds) {
        Set<String> observers = new HashSet<>(List.of(userId));
        conversationIds.forEach(conversationId -> observers.addAll(members.localMembers(conversationId)));
        return observers;
    }

    private void show(UserChanged change, Set<String> observers) {
        surfaces.render(
                () -> "the new profile of " + change.userId(),
                renderer -> renderer.profileChanged(change, observers, EventContext.unrecorded(scope)));
    }

    @Override
    public void destroy() {
        checks.dispose();
    }
}
