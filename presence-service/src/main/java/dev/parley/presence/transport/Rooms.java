package dev.parley.presence.transport;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which members are in which rooms. A member enters once, joins and leaves rooms, and exits for good: a join that comes
 * after the exit has no effect. Safe for any thread; whoever asks after a leave has returned does not find who left.
 *
 * @param <R> names a room
 * @param <M> a member
 */
public final class Rooms<R, M> {

    private final Map<R, Set<M>> members = new ConcurrentHashMap<>();
    private final Map<M, Set<R>> joined = new ConcurrentHashMap<>();

    public void enter(M member) {
        joined.put(member, ConcurrentHashMap.newKeySet());
    }

    /** Whether a member has entered and not exited. */
    public boolean contains(M member) {
        return joined.containsKey(member);
    }

    /** Joins a room; without effect for a member that has not entered or has exited. */
    public void join(M member, R room) {
        // Within the atomic update of the member's own entry: a concurrent exit either sees the join or forbids it.
        joined.computeIfPresent(member, (key, rooms) -> {
            if (rooms.add(room)) {
                members.compute(room, (name, present) -> {
                    Set<M> set = present == null ? ConcurrentHashMap.newKeySet() : present;
                    set.add(member);
                    return set;
                });
            }
            return rooms;
        });
    }

    public void leave(M member, R room) {
        joined.computeIfPresent(member, (key, rooms) -> {
            if (rooms.remove(room)) {
                remove(member, room);
            }
            return rooms;
        });
    }

    public void exit(M member) {
        Set<R> rooms = joined.remove(member);
        if (rooms != null) {
            rooms.forEach(room -> remove(member, room));
        }
    }

    /** A copy of the rooms that a member is in. */
    public Set<R> of(M member) {
        return Set.copyOf(joined.getOrDefault(member, Set.of()));
    }

    /** A live view of the members of a room. */
    public Set<M> in(R room) {
        return members.getOrDefault(room, Set.of());
    }

    /** The members of at least one of the rooms, each once. */
    public Set<M> inAny(Collection<? extends R> rooms) {
        if (rooms.size() == 1) {
            return in(rooms.iterator().next());
        }
        Set<M> all = new LinkedHashSet<>();
        rooms.forEach(room -> all.addAll(in(room)));
        return all;
    }

    /** A live view of all members that have entered. */
    public Set<M> everybody() {
        return joined.keySet();
    }

    /** How many rooms have a member. */
    public int count() {
        return members.size();
    }

    /** A copy of the members of a room. */
    public List<M> copyOf(R room) {
        return List.copyOf(in(room));
    }

    private void remove(M member, R room) {
        members.computeIfPresent(room, (name, set) -> {
            set.remove(member);
            return set.isEmpty() ? null : set;
        });
    }
}
