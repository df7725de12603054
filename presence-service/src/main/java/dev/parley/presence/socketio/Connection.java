package dev.parley.presence.socketio;

import dev.parley.presence.engineio.EngineIoSession;
import dev.parley.presence.engineio.SessionListener;
import dev.parley.presence.transport.CloseReason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The connection of one client, over which it uses several namespaces. Only used in the session's event loop. */
final class Connection implements SessionListener {

    private final EngineIoSession session;
    private final SocketIoServer server;
    private final BinaryAssembly assembly;
    private final Map<String, NamespaceClient> members = new HashMap<>();

    /** The namespaces that the client has left: packets that it sent before it knew that are ignored. */
    private final Set<String> left = new HashSet<>();

    private final AdmissionWatch watch;

    Connection(EngineIoSession session, SocketIoServer server) {
        this.session = session;
        this.server = server;
        this.assembly = new BinaryAssembly(server.settings().engine().maxPayload());
        this.watch = new AdmissionWatch(session, server.settings(), this::notAdmittedInTime);
    }

    /** Closes the connection if the client does not join a namespace in time. Takes only small packets until then. */
    Connection awaitNamespace() {
        session.awaitAdmission(server.settings().packets().maxUnadmittedBytes());
        watch.start();
        return this;
    }

    @Override
    public void text(String data) {
        try {
            RawPacket packet = expected(server.parser().head(data));
            if (!assembly.begin(packet)) {
                dispatch(packet);
            }
        } catch (MalformedPacket malformed) {
            close(CloseReason.PROTOCOL_ERROR);
        }
    }

    @Override
    public void binary(byte[] data) {
        try {
            RawPacket whole = assembly.add(data);
            if (whole != null) {
                dispatch(whole);
            }
        } catch (MalformedPacket malformed) {
            close(CloseReason.PROTOCOL_ERROR);
        }
    }

    @Override
    public void closed(CloseReason reason) {
        watch.stop();
        List<NamespaceClient> all = List.copyOf(members.values());
        members.clear();
        all.forEach(member -> member.end(reason));
    }

    /** Runs an action in the session's loop, at once if the caller is in it. */
    void inLoop(Runnable action) {
        session.inLoop(action);
    }

    /** Closes the connection. */
    void close(CloseReason reason) {
        if (reason.isOrderly() && reason != CloseReason.SHUTDOWN) {
            // After this packet a client does not reconnect by itself.
            members.values().stream()
                    .filter(NamespaceClient::isAccepted)
                    .forEach(member ->
                            session.send(member.socket().namespace().form().disconnect()));
        }
        session.close(reason);
    }

    /** Closes the connection, from any thread and not within the call. */
    void endLater(CloseReason reason) {
        session.loop().execute(() -> close(reason));
    }

    /** Removes the client from one namespace. */
    void expel(Socket socket) {
        NamespaceClient member = members.get(socket.namespace().name());
        if (member != null && member.socket() == socket) {
            session.send(socket.namespace().form().disconnect());
            remove(member, CloseReason.SERVER_CLOSED);
        }
    }

    /** A client was admitted to a namespace. */
    void accepted() {
        watch.stop();
        session.admitted();
    }

    /** A client was refused, and knows it. */
    void refused(NamespaceClient member) {
        remove(member, CloseReason.SERVER_CLOSED);
        countRefusal();
    }

    private void remove(NamespaceClient member, CloseReason reason) {
        String name = member.socket().namespace().name();
        members.remove(name);
        left.add(name);
        member.end(reason);
        if (members.values().stream().noneMatch(NamespaceClient::isAccepted)) {
            watch.start();
        }
    }

    /**
     * Returns a packet that somebody takes or that is to be ignored, before its attachments come. Refuses all others, so
     * that a client that is in no namespace can send nothing but CONNECT.
     */
    private RawPacket expected(RawPacket packet) {
        if (packet.type() == Packet.Type.CONNECT || members.containsKey(packet.namespace())) {
            return packet;
        }
        if (left.contains(packet.namespace())) {
            return packet.withoutJson();
        }
        throw new MalformedPacket("not joined");
    }

    private void dispatch(RawPacket packet) {
        NamespaceClient member = members.get(packet.namespace());
        if (packet.type() == Packet.Type.CONNECT) {
            if (member != null) {
                throw new MalformedPacket("already joined");
            }
            connect(packet);
        } else if (member != null && packet.type() == Packet.Type.DISCONNECT) {
            server.parser().parse(packet);
            remove(member, CloseReason.CLIENT_LEFT);
        } else if (member != null) {
            member.received(packet);
        }
    }

    private void connect(RawPacket raw) {
        if (raw.size() > server.settings().packets().maxUnadmittedBytes()) {
            throw new MalformedPacket("too large");
        }
        if (!watch.mayTry()) {
            close(CloseReason.TRY_LATER);
            return;
        }
        Packet packet = server.parser().parse(raw);
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
        countRefusal();
    }

    private void countRefusal() {
        if (!watch.refused()) {
            close(CloseReason.TOO_MANY_REFUSALS);
        }
    }

    /** A client that is still waiting for a decision did nothing wrong, and may try again. */
    private void notAdmittedInTime() {
        close(members.isEmpty() ? CloseReason.CONNECT_TIMEOUT : CloseReason.TRY_LATER);
    }
}
