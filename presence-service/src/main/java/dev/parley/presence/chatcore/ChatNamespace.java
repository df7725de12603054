package dev.parley.presence.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.presence.session.AdmissionDecision;
import dev.parley.presence.session.AdmissionDecision.Admitted;
import dev.parley.presence.session.AdmissionDecision.Refused;
import dev.parley.presence.session.Credentials;
import dev.parley.presence.session.Session;
import dev.parley.presence.session.Sessions;
import dev.parley.presence.socketio.Ack;
import dev.parley.presence.socketio.ConnectDecision;
import dev.parley.presence.socketio.Handshake;
import dev.parley.presence.socketio.NamespaceHandler;
import dev.parley.presence.socketio.Socket;
import dev.parley.presence.transport.CloseReason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The namespace {@code /chat}: Socket.IO on one side, the core's sessions on the other. */
@Component
final class ChatNamespace implements NamespaceHandler {

    private static final String BEARER = "Bearer ";

    private final Sessions sessions;
    private final ChatSurface surface;
    private final ChatCommands commands;

    ChatNamespace(Sessions sessions, ChatSurface surface, ChatCommands commands) {
        this.sessions = sessions;
        this.surface = surface;
        this.commands = commands;
    }

    @Override
    public Mono<ConnectDecision> connect(Handshake handshake) {
        return sessions.admit(credentials(handshake.auth())).map(ChatNamespace::answer);
    }

    /** @param auth what the client shows: {@code {token, userId?, tenantId?, pid?, offset?}} */
    private static Credentials credentials(ObjectNode auth) {
        String token = auth.path("token").asString("");
        return new Credentials(
                token.startsWith(BEARER) ? token.substring(BEARER.length()) : token,
                text(auth, "userId"),
                text(auth, "tenantId"),
                auth.path("pid").isString() ? auth.path("pid").asString() : null,
                text(auth, "offset"));
    }

    private static @Nullable String text(ObjectNode auth, String field) {
        return auth.path(field).asString(null);
    }

    private static ConnectDecision answer(AdmissionDecision decision) {
        if (decision instanceof Admitted admitted) {
            Session session = admitted.session();
            return new ConnectDecision.Accepted(session, Map.of("pid", session.privateId()));
        }
        if (decision instanceof Refused refused) {
            ApiException reason = refused.reason();
            return ConnectDecision.refuse(
                    reason.detail(), Map.of("code", reason.code().code()));
        }
        return new ConnectDecision.Postponed();
    }

    @Override
    public Mono<Void> connected(Socket socket) {
        return sessions.start(session(socket), socket, surface);
    }

    @Override
    public Mono<Ack> event(Socket socket, String event, List<JsonNode> args) {
        Session session = session(socket);
        JsonNode argument = args.isEmpty() ? MissingNode.getInstance() : args.get(0);
        Command command = commands.named(event);
        return sessions.run(session, event, () -> command.run(new ChatClient(socket, session.device()), argument))
                .onErrorResume(failure -> Mono.just(Acks.failure(failure)));
    }

    @Override
    public Ack failed(Socket socket, String event, Throwable error) {
        return Acks.failure(error);
    }

    @Override
    public void unreachable(Socket socket) {
        sessions.unreachable(session(socket));
    }

    @Override
    public void disconnected(Socket socket, CloseReason reason) {
        sessions.end(session(socket));
    }

    private static Session session(Socket socket) {
        return socket.principal(Session.class);
    }
}
