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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who sees whether a user is online: the users who share a conversation with that user. A conversation with more online
 * members than a limit does not show presence: otherwise every member would be notified of every other one.
 */
@Component
public final class PresenceObservers {

    private static final long MAX_LARGE_CONVERSATIONS = 100_000;
    /** More notifications at once are not sent. Each pair of users may cause two. */
    private static final long MAX_NEW_PAIRS = 10_000;

    private static final Duration RETENTION = Duration.ofDays(7);

    private final LocalPresence localPresence;
    private final MemberRooms members;
    private final OnlineMembers online;
    private final int maxObservers;

    /** When the users who are online at any node came online; nano time. */
    private final Map<UserKey, Long> onlineSince = new ConcurrentHashMap<>();

    /** When conversations near the limit last showed presence; nano time. */
    private final Cache<String, Long> lastShownAt = Caffeine.newBuilder()
            .maximumSize(MAX_LARGE_CONVERSATIONS)
            .expireAfterWrite(RETENTION)
            .build();

    PresenceObservers(
            LocalPresence localPresence, MemberRooms members, OnlineMembers online, PresenceSettings settings) {
        this.localPresence = localPresence;
        this.members = members;
        this.online = online;
        this.maxObservers = settings.maxObservers();
    }

    /**
     * The users with a device at this node who are told about a change of a user's status, each once, without that user.
     * That a user went offline is told in every conversation where somebody may have been told that the user is online.
     */
    public Set<String> observersOf(PresenceTransition transition) {
        UserKey key = transition.user();
        if (transition.cameOnline()) {
            onlineSince.put(key, System.nanoTime());
        }
        Long since = transition.wentOffline() ? onlineSince.remove(key) : onlineSince.get(key);
        return observersOf(
                key,
                conversationId -> showsPresence(conversationId)
                        || (transition.wentOffline() && showedPresenceSince(conversationId, since)));
    }

    /** The users with a device at this node who may have been told that a user is online, each once, without that user. */
    public Set<String> observersOf(UserKey user) {
        Long since = onlineSince.get(user);
        return observersOf(
                user, conversationId -> showsPresence(conversationId) || showedPresenceSince(conversationId, since));
    }

    private Set<String> observersOf(UserKey user, Predicate<String> showing) {
        Set<String> observers = new LinkedHashSet<>();
        for (String conversationId : online.conversationsOf(user)) {
            if (showing.test(conversationId)) {
                observers.addAll(members.localMembers(conversationId));
            }
        }
        observers.remove(user.userId());
        return observers;
    }

    /** The users online at any node whom a user of this node sees, each once, without that user. */
    public Set<String> visibleTo(UserKey user) {
        Set<String> seen = new LinkedHashSet<>();
        for (String conversationId : localPresence.conversationsOf(user)) {
            if (showsPresence(conversationId)) {
                seen.addAll(members.localMembers(conversationId));
                seen.addAll(online.membersOf(conversationId));
            }
        }
        seen.remove(user.userId());
        return seen;
    }

    /**
     * Which online users become visible because members were added to a conversation, each with the users at this node who
     * must be told: one of the two did not share a conversation with the other before. Empty if the conversation does not
     * show presence, or too many members were added at once.
     */
    public Map<String, Set<String>> newlyVisible(
            String tenantId, String conversationId, Collection<String> newMembers) {
        Set<String> local = members.localMembers(conversationId);
        Set<String> all = new LinkedHashSet<>(online.membersOf(conversationId));
        all.addAll(local);
        Set<String> newOnline = new LinkedHashSet<>(newMembers);
        newOnline.retainAll(all);
        if (!showsPresence(conversationId) || (long) newOnline.size() * all.size() > MAX_NEW_PAIRS) {
            return Map.of();
        }
        Set<String> newLocal = new LinkedHashSet<>(newOnline);
        newLocal.retainAll(local);
        Map<String, Set<String>> otherConversations = new HashMap<>();
        Map<String, Set<String>> observersByUser = new LinkedHashMap<>();
        for (String userId : all) {
            Set<String> observers = new LinkedHashSet<>();
            for (String other : newOnline.contains(userId) ? local : newLocal) {
                if (!userId.equals(other)
                        && Collections.disjoint(
                                otherConversations.computeIfAbsent(
                                        userId, id -> otherShared(tenantId, id, conversationId)),
                                otherConversations.computeIfAbsent(
                                        other, id -> otherShared(tenantId, id, conversationId)))) {
                    observers.add(other);
                }
            }
            if (!observers.isEmpty()) {
                observersByUser.put(userId, observers);
            }
        }
        return observersByUser;
    }

    private Set<String> otherShared(String tenantId, String userId, String conversationId) {
        Set<String> shared = new HashSet<>(online.conversationsOf(new UserKey(tenantId, userId)));
        shared.remove(conversationId);
        shared.removeIf(other -> !showsPresence(other));
        return shared;
    }

    private boolean showsPresence(String conversationId) {
        int count = Math.max(online.count(conversationId), members.countLocalMembers(conversationId));
        if (count > maxObservers) {
            return false;
        }
        // A conversation that grows past the limit passes through this range first.
        if (count > maxObservers / 2) {
            lastShownAt.put(conversationId, System.nanoTime());
        }
        return true;
    }

    /** Whether a conversation showed presence at any time since then. */
    private boolean showedPresenceSince(String conversationId, @Nullable Long since) {
        Long last = lastShownAt.getIfPresent(conversationId);
        return last != null && (since == null || last - since >= 0);
    }
}
