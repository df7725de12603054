package dev.parley.presence.transport;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some of the recipients in rooms. Who is in the rooms is looked up when {@link #recipients} is called; who is left out, when
 * that is said. Immutable.
 *
 * @param <R> names a room
 * @param <M> a recipient
 */
public final class Audience<R, M extends Recipient> {

    private final Rooms<R, M> rooms;
    private final @Nullable List<R> included;
    private final Set<M> leftOut;

    private Audience(Rooms<R, M> rooms, @Nullable List<R> included, Set<M> leftOut) {
        this.rooms = rooms;
        this.included = included;
        this.leftOut = leftOut;
    }

    /** Everybody who has entered. */
    public static <R, M extends Recipient> Audience<R, M> everybody(Rooms<R, M> rooms) {
        return new Audience<>(rooms, null, Set.of());
    }

    /** Whoever is in at least one of these rooms; nobody if there is no room. */
    public static <R, M extends Recipient> Audience<R, M> of(Rooms<R, M> rooms, Collection<? extends R> included) {
        return new Audience<>(rooms, List.copyOf(included), Set.of());
    }

    /** Leaves out these recipients. */
    public Audience<R, M> except(Collection<? extends M> unwanted) {
        if (unwanted.isEmpty()) {
            return this;
        }
        Set<M> all = new HashSet<>(leftOut);
        all.addAll(unwanted);
        return new Audience<>(rooms, included, all);
    }

    /** Leaves out whoever is in this room now. */
    public Audience<R, M> exceptRoom(R room) {
        return except(rooms.in(room));
    }

    /** Leaves out whoever is in at least one of these rooms now. */
    public Audience<R, M> exceptRooms(Collection<? extends R> unwanted) {
        return unwanted.isEmpty() ? this : except(rooms.inAny(unwanted));
    }

    /** Leaves out whoever is not in this room now. */
    public Audience<R, M> onlyIn(R room) {
        Set<M> wanted = rooms.in(room);
        return except(recipients().stream()
                .filter(recipient -> !wanted.contains(recipient))
                .toList());
    }

    /** Each recipient once. */
    public Collection<M> recipients() {
        Set<M> all = included == null ? rooms.everybody() : rooms.inAny(included);
        return leftOut.isEmpty()
                ? all
                : all.stream().filter(recipient -> !leftOut.contains(recipient)).toList();
    }

    /** Ends the whole connections of all, and returns how many. */
    public int close(CloseReason reason) {
        List<M> all = List.copyOf(recipients());
        all.forEach(recipient -> recipient.close(reason));
        return all.size();
    }
}
