package dev.parley.presence.socketio;

import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.Recipient;
import dev.parley.presence.transport.Rooms;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** A namespace: who is in it, and what is sent to them. Safe for any thread. */
public final class Namespace {

    private final String name;
    private final NamespaceHandler handler;
    private final SocketIoForm form;
    private final Rooms rooms;
    private final Fanout fanout;

    Namespace(String name, NamespaceHandler handler, SocketIoForm form, Rooms rooms, Fanout fanout) {
        this.name = name;
        this.handler = handler;
        this.form = form;
        this.rooms = rooms;
        this.fanout = fanout;
    }

    public String name() {
        return name;
    }

    /** The rooms of this namespace; they may be shared with those of other protocols. */
    public Rooms rooms() {
        return rooms;
    }

    /** How this namespace's clients read events. */
    public SocketIoForm form() {
        return form;
    }

    /** Those who are in at least one of these rooms. */
    public Audience to(String room, String... more) {
        List<String> named = new ArrayList<>(more.length + 1);
        named.add(room);
        named.addAll(List.of(more));
        return new Audience(this, named, Set.of());
    }

    /** Those who are in at least one of these rooms; nobody if there is none. */
    public Audience to(Collection<String> someRooms) {
        return someRooms.isEmpty() ? to("") : new Audience(this, List.copyOf(someRooms), Set.of());
    }

    /** All who are in the namespace. */
    public Audience all() {
        return new Audience(this, List.of(), Set.of());
    }

    /** The same clients' form in rooms of their own: what is sent there reaches nobody who is not put there. */
    public Namespace apart(Rooms otherRooms) {
        return new Namespace(name, handler, form, otherRooms, fanout);
    }

    NamespaceHandler handler() {
        return handler;
    }

    int send(Collection<Recipient> recipients, Event event) {
        return fanout.send(recipients, wanted -> wanted == form ? form.event(event) : null);
    }
}
