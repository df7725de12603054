package dev.parley.presence.socketio;

import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.Recipient;
import java.util.Collection;

/** A namespace: its handler, and the form in which its clients read events. Safe for any thread. */
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

    /** The form in which the clients of this namespace read events. */
    public SocketIoForm form() {
        return form;
    }

    /**
     * Sends an event to those recipients that are in this namespace; encoded once.
     *
     * @return to how many recipients it was handed
     */
    public int emit(Collection<? extends Recipient> recipients, SocketIoEvent event) {
        return fanout.send(recipients, wireForm -> wireForm == form ? form.event(event) : null);
    }

    NamespaceHandler handler() {
        return handler;
    }
}
