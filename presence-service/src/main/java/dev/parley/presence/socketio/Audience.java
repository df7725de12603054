package dev.parley.presence.socketio;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.Recipient;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Some of those in a namespace: whoever is in it when something is sent. */
public final class Audience {

    private final Namespace namespace;
    private final List<String> rooms;
    private final Set<String> except;

    Audience(Namespace namespace, List<String> rooms, Set<String> except) {
        this.namespace = namespace;
        this.rooms = rooms;
        this.except = except;
    }

    /** Leaves out these sockets. */
    public Audience except(String... socketIds) {
        Set<String> left = new HashSet<>(except);
        left.addAll(List.of(socketIds));
        return new Audience(namespace, rooms, left);
    }

    /** Leaves out those who are in this room now. */
    public Audience exceptRoom(String room) {
        return exceptRooms(Set.of(room));
    }

    /** Leaves out those who are in one of these rooms now. */
    public Audience exceptRooms(Collection<String> unwanted) {
        return unwanted.isEmpty() ? this : except(namespace.rooms().inAny(unwanted).stream());
    }

    /** Leaves out those who are not in this room now. */
    public Audience onlyIn(String room) {
        Collection<Recipient> there = namespace.rooms().in(room);
        return except(members().stream().filter(member -> !there.contains(member)));
    }

    private Audience except(Stream<Recipient> recipients) {
        return except(recipients.map(Recipient::id).toArray(String[]::new));
    }

    public int emit(String event, Object... args) {
        return emit(Event.of(event, args));
    }

    /** Sends to each once, encoded once. Returns to how many sockets it was handed. */
    public int emit(Event event) {
        return namespace.send(members(), event);
    }

    /** Sends as {@link #emit} does, and gives those whom it was handed to. */
    public List<Recipient> reach(Event event) {
        List<Recipient> reached = members().stream()
                .filter(member -> member.form() == namespace.form())
                .toList();
        namespace.send(reached, event);
        return reached;
    }

    /** Ends the whole connections of all, as {@link Socket#close} does. Returns how many sockets. */
    public int close(CloseReason reason) {
        List<Recipient> present = List.copyOf(members());
        present.forEach(recipient -> recipient.close(reason));
        return present.size();
    }

    private Collection<Recipient> members() {
        Collection<Recipient> all = rooms.isEmpty()
                ? namespace.rooms().everybody()
                : namespace.rooms().inAny(rooms);
        return except.isEmpty()
                ? all
                : all.stream().filter(member -> !except.contains(member.id())).toList();
    }
}
