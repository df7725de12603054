package dev.parley.presence.socketio;

import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.Recipient;
import java.util.Collection;

/** A namespace: what it does, and how its clients read events. Safe for any thread. */
public final class Namespace {

    private final String name;
    private final NamespaceHandler handler;
    private final SocketIoForm form;
    private final Fanout fanout;

    Namespace(String name, NamespaceHandler handler, SocketIoForm form, Fanout fanout) {
        this.name = name;
        this.handler = handler;
        this.form = form;
        this.fanout = fanout;
    }

    public String name() {
        return name;
    }

    /** How this namespace's clients read events. */
    public SocketIoForm form() {
        return form;
    }

    /**
     * Sends an event to those of the recipients that are in this namespace, encoded once.
     *
     * @return how many recipients it was handed to
     */
    public int emit(Collection<? extends Recipient> recipients, SocketIoEvent event) {
        return fanout.send(recipients, wanted -> wanted == form ? form.event(event) : null);
    }

    NamespaceHandler handler() {
        return handler;
    }
}
