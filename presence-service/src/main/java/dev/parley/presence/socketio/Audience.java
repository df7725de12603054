package dev.parley.presence.socketio;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.Recipient;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
        return except(namespace.rooms().in(room).stream().map(Recipient::id).toArray(String[]::new));
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
