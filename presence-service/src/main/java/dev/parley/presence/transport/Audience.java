package dev.parley.presence.transport;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some of the recipients in rooms. {@link #recipients} looks up who is in the rooms when it is called. Recipients are
 * excluded at the moment when an {@code except} method is called. Immutable.
 *
 * @param <R> names a room
 * @param <M> a recipient
 */
public final class Audience<R, M extends Recipient> {

    private final Rooms<R, M> rooms;
    private final @Nullable List<R> included;
    private final Set<M> excluded;

    private Audience(Rooms<R, M> rooms, @Nullable List<R> included, Set<M> excluded) {
        this.rooms = rooms;
        this.included = included;
        this.excluded = excluded;
    }

    /** Everybody who is registered in the rooms. */
    public static <R, M extends Recipient> Audience<R, M> all(Rooms<R, M> rooms) {
        return new Audience<>(rooms, null, Set.of());
    }

    /** The recipients in at least one of these rooms; nobody if the collection is empty. */
    public static <R, M extends Recipient> Audience<R, M> of(Rooms<R, M> rooms, Collection<? extends R> included) {
        return new Audience<>(rooms, List.copyOf(included), Set.of());
    }

    /** Excludes these recipients. */
    public Audience<R, M> except(Collection<? extends M> others) {
        if (others.isEmpty()) {
            return this;
        }
        Set<M> all = new HashSet<>(excluded);
        all.addAll(others);
        return new Audience<>(rooms, included, all);
    }

    /** Excludes the recipients that are in this room now. */
    public Audience<R, M> exceptRoom(R room) {
        return except(rooms.membersOf(room));
    }

    /** Excludes the recipients that are in at least one of these rooms now. */
    public Audience<R, M> exceptRooms(Collection<? extends R> others) {
        return others.isEmpty() ? this : except(rooms.membersOfAny(others));
    }

    /** Excludes the recipients that are not in this room now. */
    public Audience<R, M> onlyIn(R room) {
        Set<M> members = rooms.membersOf(room);
        return except(recipients().stream()
                .filter(recipient -> !members.contains(recipient))
                .toList());
    }

    /** Each recipient once. */
    public Collection<M> recipients() {
        Set<M> all = included == null ? rooms.allMembers() : rooms.membersOfAny(included);
        return excluded.isEmpty()
                ? all
                : all.stream()
                        .filter(recipient -> !excluded.contains(recipient))
                        .toList();
    }

    /** Closes the connections of all recipients. Returns how many there were. */
    public int close(CloseReason reason) {
        List<M> all = List.copyOf(recipients());
        all.forEach(recipient -> recipient.close(reason));
        return all.size();
    }
}
