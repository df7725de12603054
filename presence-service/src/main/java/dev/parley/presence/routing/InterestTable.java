package dev.parley.presence.routing;

import dev.parley.presence.device.UserKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which node has members of which conversation, as a router knows it. Used by one thread. */
final class InterestTable {

    /** A node that is told of events. */
    static final class Node {

        private final String id;
        private final int inbox;
        private final Map<UserKey, Set<String>> users = new HashMap<>();
        private int silentTicks;

        private Node(String id, int inbox) {
            this.id = id;
            this.inbox = inbox;
        }

        String id() {
            return id;
        }

        int inbox() {
            return inbox;
        }
    }

    /** A node that is no longer told of events, and the users whom it told of. */
    record Left(Node node, Set<UserKey> users) {}

    /** A conversation that concerns a node because an event said so. */
    private record Implied(String conversationId, Node node) {}

    private final long impliedNanos;
    private final int leaseTicks;
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<UserKey, Set<Node>> byUser = new HashMap<>();

    /** How many users of a node are members. */
    private final Map<String, Map<Node, Integer>> byConversation = new HashMap<>();

    /** Since when, in nano time: the node may not have published its interest yet. */
    private final Map<Implied, Long> implied = new HashMap<>();

    private final Map<String, Set<Node>> impliedByConversation = new HashMap<>();
    private final Set<String> struckOut = new HashSet<>();

    /**
     * @param impliedNanos for how long an event about a user of a node makes its conversation interesting
     * @param leaseTicks for how many ticks a node may be silent
     */
    InterestTable(long impliedNanos, int leaseTicks) {
        this.impliedNanos = impliedNanos;
        this.leaseTicks = leaseTicks;
    }

    /** A node lives. Returns it if it was not known. */
    @Nullable Node alive(NodeRecord record) {
        if (struckOut.contains(record.node())) {
            return null;
        }
        Node known = nodes.get(record.node());
        if (known != null) {
            known.silentTicks = 0;
            return null;
        }
        return add(record.node(), record.inbox());
    }

    private Node add(String id, int inbox) {
        Node node = new Node(id, inbox);
        nodes.put(id, node);
        return node;
    }

    /** A node tells of a user. Returns the node, null if it was struck out. */
    @Nullable Node interested(InterestRecord record) {
        if (struckOut.contains(record.node())) {
            return null;
        }
        Node known = nodes.get(record.node());
        Node node = known == null ? add(record.node(), record.inbox()) : known;
        Set<String> before = node.users.put(record.user(), Set.copyOf(record.conversationIds()));
        if (before == null) {
            byUser.computeIfAbsent(record.user(), first -> new HashSet<>(2)).add(node);
        }
        Set<String> now = node.users.get(record.user());
        now.forEach(id -> {
            if (before == null || !before.contains(id)) {
                byConversation.computeIfAbsent(id, first -> new HashMap<>(2)).merge(node, 1, Integer::sum);
            }
        });
        if (before != null) {
            before.stream().filter(id -> !now.contains(id)).forEach(id -> leave(id, node));
        }
        return node;
    }

    /** A user is gone from a node. */
    void gone(InterestKey key) {
        Node node = nodes.get(key.node());
        if (node != null) {
            remove(node, key.user());
        }
    }

    private void remove(Node node, UserKey user) {
        Set<String> conversationIds = node.users.remove(user);
        if (conversationIds != null) {
            conversationIds.forEach(id -> leave(id, node));
            byUser.computeIfPresent(user, (same, of) -> {
                of.remove(node);
                return of.isEmpty() ? null : of;
            });
        }
    }

    private void leave(String conversationId, Node node) {
        byConversation.computeIfPresent(conversationId, (same, counts) -> {
            counts.computeIfPresent(node, (one, count) -> count == 1 ? null : count - 1);
            return counts.isEmpty() ? null : counts;
        });
    }

    /**
     * The nodes that an event concerns. From now on its conversation concerns those that have a user whom it is about: that user
     * may have become a member with it.
     *
     * @param now nano time
     */
    Collection<Node> concerned(String conversationId, Collection<UserKey> about, long now) {
        for (UserKey user : about) {
            for (Node node : byUser.getOrDefault(user, Set.of())) {
                implied.put(new Implied(conversationId, node), now);
                impliedByConversation
                        .computeIfAbsent(conversationId, first -> new HashSet<>(2))
                        .add(node);
            }
        }
        Set<Node> concerned = new HashSet<>(
                byConversation.getOrDefault(conversationId, Map.of()).keySet());
        concerned.addAll(impliedByConversation.getOrDefault(conversationId, Set.of()));
        return concerned;
    }

    /** Forgets what events said long ago. */
    void forgetImplied(long now) {
        implied.entrySet().removeIf(entry -> {
            boolean isOver = now - entry.getValue() > impliedNanos;
            if (isOver) {
                unimply(entry.getKey());
            }
            return isOver;
        });
    }

    private void unimply(Implied over) {
        impliedByConversation.computeIfPresent(over.conversationId(), (same, of) -> {
            of.remove(over.node());
            return of.isEmpty() ? null : of;
        });
    }

    /** Time passes. Returns the nodes that were silent for too long, which are no longer here. */
    List<Left> tick() {
        List<Node> silent = new ArrayList<>();
        for (Node node : nodes.values()) {
            node.silentTicks++;
            if (node.silentTicks > leaseTicks) {
                silent.add(node);
            }
        }
        return silent.stream().map(this::strikeOut).toList();
    }

    /** A node lives no more. Returns it if it was known. */
    Optional<Left> left(String nodeId) {
        return Optional.ofNullable(nodes.get(nodeId)).map(this::strikeOut);
    }

    private Left strikeOut(Node node) {
        struckOut.add(node.id());
        nodes.remove(node.id());
        implied.keySet().removeIf(one -> {
            boolean isOf = one.node() == node;
            if (isOf) {
                unimply(one);
            }
            return isOf;
        });
        Set<UserKey> users = Set.copyOf(node.users.keySet());
        users.forEach(user -> remove(node, user));
        return new Left(node, users);
    }

    Collection<Node> nodes() {
        return nodes.values();
    }
}
