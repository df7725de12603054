package dev.parley.presence.chatcore;

import dev.parley.presence.recovery.Place;
import dev.parley.presence.socketio.Audience;
import dev.parley.presence.socketio.Event;
import dev.parley.presence.socketio.Namespace;
import java.util.Collection;

/** Those in the namespace, and where what they are told stands in what happens. */
record Stream(Namespace chat, Place place) {

    Audience to(String room, String... more) {
        return chat.to(room, more);
    }

    Audience to(Collection<String> rooms) {
        return chat.to(rooms);
    }

    /**
     * Something told because of the record that is being handled.
     *
     * @param part which of the events it is that one client is told because of the record, in their order: the same each time
     *     the record is told of, and no two for one client are the same
     */
    Event event(int part, String name, Object body) {
        return at(part, Event.of(name, body));
    }

    Event at(int part, Event event) {
        return place.of(part, event);
    }
}
