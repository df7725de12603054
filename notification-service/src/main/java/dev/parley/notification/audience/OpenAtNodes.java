package dev.parley.notification.audience;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What users have open at which node of sockets. What nothing is known of counts as closed: a push too many is better than one
 * that is missing. Changed by one thread, read by any.
 */
@Component
final class OpenAtNodes implements OpenConversations {

    /** How many conversations of one user at one node are remembered. */
    private static final int MAX_OPEN_OF_USER = 500;

    private record UserAtNode(String nodeId, String userId) {}

    private final Cache<UserAtNode, Set<String>> open;

    /** When each node was last heard of; milliseconds. */
    private final Map<String, Long> nodes = new ConcurrentHashMap<>();

    private final long silenceMillis;
    private final Clock clock;

    @Autowired
    OpenAtNodes(AudienceSettings settings) {
        this(settings, Clock.systemUTC());
    }

    OpenAtNodes(AudienceSettings settings, Clock clock) {
        this.open = Caffeine.newBuilder()
                .maximumSize(settings.maxOpen())
                .executor(Runnable::run)
                .build();
        this.silenceMillis = settings.nodeSilence().toMillis();
        this.clock = clock;
    }

    @Override
    public boolean isOpen(String userId, String conversationId) {
        long oldest = clock.millis() - silenceMillis;
        for (Map.Entry<String, Long> node : nodes.entrySet()) {
            if (node.getValue() >= oldest) {
                Set<String> conversations = open.getIfPresent(new UserAtNode(node.getKey(), userId));
                if (conversations != null && conversations.contains(conversationId)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A node is there. @return whether nothing was known of it: what its users have open must be asked for */
    boolean heard(String nodeId) {
        return nodes.put(nodeId, clock.millis()) == null;
    }

    /** A node said what one of its users has open. */
    void told(String nodeId, String userId, Collection<String> conversationIds) {
        UserAtNode user = new UserAtNode(nodeId, userId);
        if (conversationIds.isEmpty()) {
            open.invalidate(user);
        } else {
            open.put(
                    user,
                    Set.copyOf(conversationIds.stream().limit(MAX_OPEN_OF_USER).toList()));
        }
    }

    /** A node is gone. */
    void forget(String nodeId) {
        nodes.remove(nodeId);
        open.asMap().keySet().removeIf(user -> user.nodeId().equals(nodeId));
    }

    /** Forgets the nodes that have been silent for too long. */
    void forgetSilent() {
        long oldest = clock.millis() - silenceMillis;
        List<String> silent = new HashMap<>(nodes)
                .entrySet().stream()
                        .filter(node -> node.getValue() < oldest)
                        .map(Map.Entry::getKey)
                        .toList();
        silent.forEach(this::forget);
    }

    int nodes() {
        return nodes.size();
    }

    long users() {
        return open.estimatedSize();
    }
}
