package dev.parley.presence.socketio;

/** A namespace: its handler, and the form in which its clients read events. Safe for any thread. */
public final class Namespace {

    private final String name;
    private final NamespaceHandler handler;
    private final SocketIoForm form;

    Namespace(String name, NamespaceHandler handler, SocketIoForm form) {
        this.name = name;
        this.handler = handler;
        this.form = form;
    }

    public String name() {
        return name;
    }

    /** The form in which the clients of this namespace read events. */
    public SocketIoForm form() {
        return form;
    }

    NamespaceHandler handler() {
        return handler;
    }
}
