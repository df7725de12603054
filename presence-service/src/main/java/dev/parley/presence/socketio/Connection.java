package dev.parley.presence.socketio;

import dev.parley.presence.engineio.EngineIoSession;
import dev.parley.presence.engineio.SessionListener;
import dev.parley.presence.transport.CloseReason;
import io.netty.util.concurrent.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One client's connection, which carries the packets of several namespaces. Of the session's loop alone. */
final class Connection implements SessionListener {

    private final EngineIoSession session;
    private final SocketIoServer server;
    private final BinaryAssembly assembly;
    private final Map<String, NamespaceClient> members = new HashMap<>();

    /** Where the client was: what it sent before it knew that it is out is no fault. */
    private final Set<String> left = new HashSet<>();

    private @Nullable Future<?> admissionTimer;

    Connection(EngineIoSession session, SocketIoServer server) {
        this.session = session;
        this.server = server;
        this.assembly = new BinaryAssembly(server.settings().engine().maxPayload());
    }

    /** Gives the client its time to be let in somewhere. */
    Connection awaitNamespace() {
        long millis = server.settings().connectTimeout().toMillis();
        admissionTimer = session.loop().schedule(this::checkAdmitted, millis, TimeUnit.MILLISECONDS);
        return this;
    }

    @Override
    public void text(String data) {
        try {
            Packet packet = server.parser().parse(data);
            if (assembly.begin(packet)) {
                return;
            }
            dispatch(packet);
        } catch (MalformedPacket malformed) {
            close(CloseReason.PROTOCOL_ERROR);
        }
    }

    @Override
    public void binary(byte[] data) {
        try {
            Packet whole = assembly.add(data);
            if (whole != null) {
                dispatch(whole);
            }
        } catch (MalformedPacket malformed) {
            close(CloseReason.PROTOCOL_ERROR);
        }
    }

    @Override
    public void closed(CloseReason reason) {
        if (admissionTimer != null) {
            admissionTimer.cancel(false);
        }
        List<NamespaceClient> all = List.copyOf(members.values());
        members.clear();
        all.forEach(member -> member.end(reason));
    }

    /** Runs in the session's loop, at once if it is the caller's. */
    void inLoop(Runnable action) {
        session.inLoop(action);
    }

    /** Ends the connection. */
    void close(CloseReason reason) {
        if (reason.isOrderly() && reason != CloseReason.SHUTDOWN) {
            // A client that is told so does not connect again by itself.
            members.values().stream()
                    .filter(NamespaceClient::isAccepted)
                    .forEach(member ->
                            session.send(member.socket().namespace().form().disconnect()));
        }
        session.close(reason);
    }

    /** Ends the connection, from any thread and not within the call. */
    void endLater(CloseReason reason) {
        session.loop().execute(() -> close(reason));
    }

    /** Makes the client leave one namespace. */
    void expel(Socket socket) {
        NamespaceClient member = members.get(socket.namespace().name());
        if (member != null && member.socket() == socket) {
            session.send(socket.namespace().form().disconnect());
            remove(member, CloseReason.SERVER_CLOSED);
        }
    }

    /** A client was not let in. */
    void refused(NamespaceClient member) {
        remove(member, CloseReason.SERVER_CLOSED);
    }

    private void remove(NamespaceClient member, CloseReason reason) {
        String name = member.socket().namespace().name();
        members.remove(name);
        left.add(name);
        member.end(reason);
    }

    private void dispatch(Packet packet) {
        NamespaceClient member = members.get(packet.namespace());
        if (packet.type() == Packet.Type.CONNECT) {
            if (member != null) {
                throw new MalformedPacket("already there");
            }
            connect(packet);
        } else if (member == null) {
            if (!left.contains(packet.namespace())) {
                throw new MalformedPacket("not there");
            }
        } else if (packet.type() == Packet.Type.DISCONNECT) {
            remove(member, CloseReason.CLIENT_LEFT);
        } else {
            member.received(packet);
        }
    }

    private void connect(Packet packet) {
        Namespace namespace = server.find(packet.namespace());
        if (namespace == null) {
            refuse(packet.namespace(), "Invalid namespace");
            return;
        }
        if (members.size() >= server.settings().maxNamespaces()) {
            refuse(packet.namespace(), "Too many namespaces");
            return;
        }
        ObjectNode auth = packet.auth();
        Handshake handshake =
                new Handshake(session.request(), auth == null ? server.mapper().createObjectNode() : auth);
        NamespaceClient member = new NamespaceClient(this, session, server, namespace, handshake);
        members.put(namespace.name(), member);
        member.request();
    }

    private void refuse(String namespace, String message) {
        session.send(new SocketIoForm(server.mapper(), namespace).refused(new ConnectDecision.Refused(message, null)));
    }

    /** Who asked, and is not decided about, did nothing wrong. */
    private void checkAdmitted() {
        if (members.values().stream().noneMatch(NamespaceClient::isAccepted)) {
            close(members.isEmpty() ? CloseReason.CONNECT_TIMEOUT : CloseReason.TRY_LATER);
        }
    }
}
