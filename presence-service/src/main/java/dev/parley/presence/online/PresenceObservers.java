package dev.parley.presence.online;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.membership.OnlineMembers;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who sees whether a user is online: those who share a conversation. Where more members are online than a bound, the
 * conversation does not count for who comes: everybody would hear of everybody.
 */
@Component
public final class PresenceObservers {

    private static final long MAX_CONVERSATIONS = 100_000;
    /** Twice as many may be told at once. */
    private static final long MAX_MEETINGS = 10_000;

    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final LocalPresence devices;
    private final MemberRooms here;
    private final OnlineMembers online;
    private final int maxObservers;

    /** When users came who are online at any node; nano time. */
    private final Map<UserKey, Long> cameAt = new ConcurrentHashMap<>();

    /** When large conversations last counted; nano time. */
    private final Cache<String, Long> lastCounted = Caffeine.newBuilder()
            .maximumSize(MAX_CONVERSATIONS)
            .expireAfterWrite(REMEMBERED)
            .build();

    PresenceObservers(LocalPresence devices, MemberRooms here, OnlineMembers online, PresenceSettings settings) {
        this.devices = devices;
        this.here = here;
        this.online = online;
        this.maxObservers = settings.maxObservers();
    }

    /**
     * Those connected here who are told of a user, each once, without the user. That the user went is told in every conversation
     * where somebody may have been told that the user is online.
     */
    public Set<String> of(PresenceTransition transition) {
        UserKey key = transition.user();
        if (transition.came()) {
            cameAt.put(key, System.nanoTime());
        }
        Long since = transition.went() ? cameAt.remove(key) : cameAt.get(key);
        Set<String> observers = new LinkedHashSet<>();
        for (String conversationId : online.conversationsOf(key)) {
            if (counts(conversationId) || (transition.went() && counted(conversationId, since))) {
                observers.addAll(here.membersHere(conversationId));
            }
        }
        observers.remove(key.userId());
        return observers;
    }

    /** Those online anywhere whom a user who is connected here sees, each once, without the user. */
    public Set<String> seenBy(UserKey user) {
        Set<String> seen = new LinkedHashSet<>();
        for (String conversationId : devices.conversationsOf(user)) {
            if (counts(conversationId)) {
                seen.addAll(here.membersHere(conversationId));
                seen.addAll(online.of(conversationId));
            }
        }
        seen.remove(user.userId());
        return seen;
    }

    /**
     * Who is online in a conversation, with those connected here who are to be told so because one of the two has only now come
     * to share a conversation with the other. Nobody where the conversation does not count, or too many come at once.
     */
    public Map<String, Set<String>> met(String tenantId, String conversationId, Collection<String> newcomers) {
        Set<String> there = here.membersHere(conversationId);
        Set<String> all = new LinkedHashSet<>(online.of(conversationId));
        all.addAll(there);
        Set<String> coming = new LinkedHashSet<>(newcomers);
        coming.retainAll(all);
        if (!counts(conversationId) || (long) coming.size() * all.size() > MAX_MEETINGS) {
            return Map.of();
        }
        Set<String> comingHere = new LinkedHashSet<>(coming);
        comingHere.retainAll(there);
        Map<String, Set<String>> others = new HashMap<>();
        Map<String, Set<String>> met = new LinkedHashMap<>();
        for (String userId : all) {
            Set<String> strangers = new LinkedHashSet<>();
            for (String other : coming.contains(userId) ? there : comingHere) {
                if (!userId.equals(other)
                        && Collections.disjoint(
                                others.computeIfAbsent(userId, id -> elsewhere(tenantId, id, conversationId)),
                                others.computeIfAbsent(other, id -> elsewhere(tenantId, id, conversationId)))) {
                    strangers.add(other);
                }
            }
            if (!strangers.isEmpty()) {
                met.put(userId, strangers);
            }
        }
        return met;
    }

    private Set<String> elsewhere(String tenantId, String userId, String conversationId) {
        Set<String> shared = new HashSet<>(online.conversationsOf(new UserKey(tenantId, userId)));
        shared.remove(conversationId);
        shared.removeIf(other -> !counts(other));
        return shared;
    }

    private boolean counts(String conversationId) {
        int count = Math.max(online.count(conversationId), here.countMembersHere(conversationId));
        if (count > maxObservers) {
            return false;
        }
        // On its way past the bound it comes by here.
        if (count > maxObservers / 2) {
            lastCounted.put(conversationId, System.nanoTime());
        }
        return true;
    }

    /** Whether a conversation counted at any time since then. */
    private boolean counted(String conversationId, @Nullable Long since) {
        Long last = lastCounted.getIfPresent(conversationId);
        return last != null && (since == null || last - since >= 0);
    }
}
