package dev.parley.presence.transport;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which members are in which rooms. A member is registered once, joins and leaves rooms, and is unregistered for good:
 * joining a room has no effect after that. Safe for any thread. A call of {@link #membersOf} that begins after a {@code
 * leave} has returned does not find that member.
 *
 * @param <R> names a room
 * @param <M> a member
 */
public final class Rooms<R, M> {

    private final Map<R, Set<M>> members = new ConcurrentHashMap<>();
    private final Map<M, Set<R>> joined = new ConcurrentHashMap<>();

    public void register(M member) {
        joined.put(member, ConcurrentHashMap.newKeySet());
    }

    /** Whether a member was registered and not unregistered since. */
    public boolean isRegistered(M member) {
        return joined.containsKey(member);
    }

    /** Joins a room. Has no effect for a member that is not registered. */
    public void join(M member, R room) {
        // Within the atomic update of the member's own entry: a concurrent unregister() either sees this room or
        // prevents the join.
        joined.computeIfPresent(member, (key, rooms) -> {
            if (rooms.add(room)) {
                members.compute(room, (name, known) -> {
                    Set<M> set = known == null ? ConcurrentHashMap.newKeySet() : known;
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

    public void unregister(M member) {
        Set<R> rooms = joined.remove(member);
        if (rooms != null) {
            rooms.forEach(room -> remove(member, room));
        }
    }

    /** A copy of the rooms that a member is in. */
    public Set<R> roomsOf(M member) {
        return Set.copyOf(joined.getOrDefault(member, Set.of()));
    }

    /** A live view of the members of a room. */
    public Set<M> membersOf(R room) {
        return members.getOrDefault(room, Set.of());
    }

    /** The members of at least one of the rooms, each once. */
    public Set<M> membersOfAny(Collection<? extends R> rooms) {
        if (rooms.size() == 1) {
            return membersOf(rooms.iterator().next());
        }
        Set<M> all = new LinkedHashSet<>();
        rooms.forEach(room -> all.addAll(membersOf(room)));
        return all;
    }

    /** A live view of all registered members. */
    public Set<M> allMembers() {
        return joined.keySet();
    }

    /** How many rooms have a member. */
    public int roomCount() {
        return members.size();
    }

    /** A copy of the members of a room. */
    public List<M> copyOfMembers(R room) {
        return List.copyOf(membersOf(room));
    }

    private void remove(M member, R room) {
        members.computeIfPresent(room, (name, set) -> {
            set.remove(member);
            return set.isEmpty() ? null : set;
        });
    }
}
