package dev.parley.presence.transport;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is in which room. A recipient enters once, joins and leaves rooms, and exits for good: after that it joins
 * nothing, even if a join comes late. Safe for any thread; a send that begins after a leave has returned does not reach
 * who left.
 */
public final class Rooms {

    private final Map<String, Set<Recipient>> members = new ConcurrentHashMap<>();
    private final Map<Recipient, Set<String>> joined = new ConcurrentHashMap<>();

    public void enter(Recipient recipient) {
        joined.put(recipient, ConcurrentHashMap.newKeySet());
    }

    /** Joins a room; without effect for one who has not entered or has exited. */
    public void join(Recipient recipient, String room) {
        // Within the atomic update of the recipient's own entry, so that a concurrent exit either sees it or forbids
        // it.
        joined.computeIfPresent(recipient, (key, rooms) -> {
            if (rooms.add(room)) {
                members.compute(room, (name, present) -> {
                    Set<Recipient> set = present == null ? ConcurrentHashMap.newKeySet() : present;
                    set.add(recipient);
                    return set;
                });
            }
            return rooms;
        });
    }

    public void leave(Recipient recipient, String room) {
        joined.computeIfPresent(recipient, (key, rooms) -> {
            if (rooms.remove(room)) {
                remove(recipient, room);
            }
            return rooms;
        });
    }

    public void exit(Recipient recipient) {
        Set<String> rooms = joined.remove(recipient);
        if (rooms != null) {
            rooms.forEach(room -> remove(recipient, room));
        }
    }

    /** The rooms that somebody is in, as they are now. */
    public Set<String> of(Recipient recipient) {
        return Set.copyOf(joined.getOrDefault(recipient, Set.of()));
    }

    /** A live view of those in the room. */
    public Collection<Recipient> in(String room) {
        return members.getOrDefault(room, Set.of());
    }

    /** Those in at least one of the rooms, each once. */
    public Collection<Recipient> inAny(Collection<String> rooms) {
        if (rooms.size() == 1) {
            return in(rooms.iterator().next());
        }
        Set<Recipient> all = new LinkedHashSet<>();
        rooms.forEach(room -> all.addAll(in(room)));
        return all;
    }

    /** A live view of everybody. */
    public Collection<Recipient> everybody() {
        return joined.keySet();
    }

    /** How many rooms somebody is in. */
    public int count() {
        return members.size();
    }

    /** Ends the connections of all who are in the room now, and returns how many. */
    public int close(String room, CloseReason reason) {
        List<Recipient> present = List.copyOf(in(room));
        present.forEach(recipient -> recipient.close(reason));
        return present.size();
    }

    private void remove(Recipient recipient, String room) {
        members.computeIfPresent(room, (name, set) -> {
            set.remove(recipient);
            return set.isEmpty() ? null : set;
        });
    }
}
