package dev.parley.presence.online;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.membership.ContactLookup;
import dev.parley.presence.membership.OnlineMembers;
import dev.parley.presence.online.LastSeenPrivacy.Visibility;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Who may know whether a user is online or away, and when the user was last seen. Everything that leaves this service about it
 * asks here. Users always see themselves. Others see them as {@link Visibility} says; whoever is sent the changes of a user's
 * status shares a conversation with that user, and so counts as a contact.
 *
 * <p>While it cannot be read what a user has set, nobody sees the user: what was shown once cannot be taken back.
 */
@Component
public final class PresenceVisibility {

    private final LastSeenPrivacy settings;
    private final ContactLookup contacts;
    private final LocalPresence local;
    private final OnlineMembers online;

    /**
     * What the users who are online have set, as others were shown or not shown them. It stays as it is until the user sets
     * something else, so that it is known what others must be told then.
     */
    private final Cache<UserKey, Visibility> shown;

    /** Users whose setting could not be read: nobody was shown them. */
    private final Set<UserKey> unread = ConcurrentHashMap.newKeySet();

    private final int maxUnread;

    PresenceVisibility(
            LastSeenPrivacy settings,
            ContactLookup contacts,
            LocalPresence local,
            OnlineMembers online,
            PresenceSettings presence) {
        this.settings = settings;
        this.contacts = contacts;
        this.local = local;
        this.online = online;
        this.maxUnread = presence.lastSeen().maxCachedPrivacy();
        this.shown = Caffeine.newBuilder()
                .maximumSize(presence.lastSeen().maxCachedPrivacy())
                .build();
    }

    /** Whether a user may see another one, who may be offline. */
    public Mono<Boolean> maySee(UserKey viewer, UserKey user) {
        if (viewer.equals(user)) {
            return Mono.just(true);
        }
        return settings.visibilities(user.tenantId(), Set.of(user.userId()))
                .map(visibilities -> visibilities.getOrDefault(user.userId(), Visibility.NOBODY))
                .flatMap(visibility -> switch (visibility) {
                    case EVERYONE -> Mono.just(true);
                    case CONTACTS -> contacts.shareConversation(viewer.userId(), user.userId());
                    case NOBODY -> Mono.just(false);
                });
    }

    /** Which of these users, who are online, a user of their tenant who is connected here may see, in the given order. */
    public Mono<List<String>> visible(UserKey viewer, Collection<String> userIds) {
        Set<String> ofViewer = new HashSet<>(local.conversationsOf(viewer));
        return read(viewer.tenantId(), userIds).map(visibilities -> userIds.stream()
                .filter(userId -> {
                    UserKey user = new UserKey(viewer.tenantId(), userId);
                    return user.equals(viewer)
                            || switch (visibilities.getOrDefault(userId, Visibility.NOBODY)) {
                                case EVERYONE -> true;
                                case CONTACTS -> !Collections.disjoint(ofViewer, conversationsOf(user));
                                case NOBODY -> false;
                            };
                })
                .toList());
    }

    /** A user who is online here may not be published yet. */
    private Set<String> conversationsOf(UserKey user) {
        Set<String> published = online.conversationsOf(user);
        return published.isEmpty() ? local.conversationsOf(user) : published;
    }

    /** Completes when it is known, as far as it can be read, whether these users show themselves; see {@link #isShown}. */
    public Mono<Void> prepare(Collection<UserKey> users) {
        Map<String, List<String>> byTenant = users.stream()
                .collect(Collectors.groupingBy(
                        UserKey::tenantId, Collectors.mapping(UserKey::userId, Collectors.toList())));
        return Flux.fromIterable(byTenant.entrySet())
                .flatMap(tenant -> read(tenant.getKey(), tenant.getValue()))
                .then();
    }

    /** Whether a user is shown to those who share a conversation with the user; false if that was not read. */
    public boolean isShown(UserKey user) {
        Visibility visibility = shown.getIfPresent(user);
        return visibility != null && visibility != Visibility.NOBODY;
    }

    private Mono<Map<String, Visibility>> read(String tenantId, Collection<String> userIds) {
        Map<String, Visibility> visibilities = new HashMap<>();
        List<String> missing = userIds.stream()
                .filter(userId -> {
                    Visibility known = shown.getIfPresent(new UserKey(tenantId, userId));
                    if (known != null) {
                        visibilities.put(userId, known);
                    }
                    return known == null;
                })
                .toList();
        if (missing.isEmpty()) {
            return Mono.just(visibilities);
        }
        return settings.visibilities(tenantId, missing).map(found -> {
            for (String userId : missing) {
                UserKey user = new UserKey(tenantId, userId);
                Visibility visibility = found.get(userId);
                if (visibility == null) {
                    addUnread(user);
                } else {
                    // What the user has set meanwhile is newer.
                    visibilities.put(userId, shown.get(user, same -> settings.newest(user)
                            .orElse(visibility)));
                }
            }
            return visibilities;
        });
    }

    private void addUnread(UserKey user) {
        if (unread.size() < maxUnread) {
            unread.add(user);
        }
    }

    /**
     * A user has set this. {@link LastSeenPrivacy} knows it already.
     *
     * @return whether the user is shown from now on; empty if others see no difference
     */
    public Optional<Boolean> changed(UserKey user, Visibility now) {
        boolean wasUnread = unread.remove(user);
        AtomicReference<@Nullable Visibility> before = new AtomicReference<>();
        shown.asMap().compute(user, (same, known) -> {
            before.set(known);
            return known == null && !wasUnread ? null : now;
        });
        Visibility known = before.get();
        boolean nobodyWasTold = known == null && !wasUnread;
        boolean wasShown = known != null && known != Visibility.NOBODY;
        boolean isShown = now != Visibility.NOBODY;
        return nobodyWasTold || wasShown == isShown ? Optional.empty() : Optional.of(isShown);
    }

    /** Tries again where a setting could not be read. Gives the users who are shown from now on. */
    public Mono<List<UserKey>> readAgain() {
        return Mono.defer(() -> {
            List<UserKey> again = List.copyOf(unread);
            again.forEach(unread::remove);
            return prepare(again)
                    .then(Mono.fromSupplier(
                            () -> again.stream().filter(this::isShown).toList()));
        });
    }

    /** A user is offline. */
    public void gone(UserKey user) {
        shown.invalidate(user);
        unread.remove(user);
    }
}
