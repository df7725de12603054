package dev.parley.presence.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.presence.PresenceError;
import dev.parley.presence.session.AdmissionDecision;
import dev.parley.presence.session.ConnectCredentials;
import dev.parley.presence.session.DeviceSession;
import dev.parley.presence.session.DeviceSessions;
import dev.parley.presence.socketio.Ack;
import dev.parley.presence.socketio.ConnectDecision;
import dev.parley.presence.socketio.Handshake;
import dev.parley.presence.socketio.NamespaceHandler;
import dev.parley.presence.socketio.Socket;
import dev.parley.presence.transport.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The Socket.IO namespace {@code /chat}: passes connections and commands on to the core's sessions. */
@Component
final class ChatNamespace implements NamespaceHandler {

    private static final String BEARER = "Bearer ";

    private static final ApiException NO_BINARY =
            ApiException.of(PlatformError.MALFORMED_REQUEST, "No event takes binary data");

    /** In which most of what holds a socket up is over. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private static final Ack OVERLOADED = Acks.failure(ApiException.retryLater(
            PresenceError.OVERLOADED, "Not done, because other events took too long: try again later", RETRY_AFTER));

    /** Whether the event was done is not known. */
    private static final Ack SLOW = Acks.failure(ApiException.retryLater(
            PlatformError.UNAVAILABLE, "A dependency did not answer in time: try again later", RETRY_AFTER));

    private static final AdmissionDecision.Visitor<ConnectDecision> CONNECT_DECISIONS =
            new AdmissionDecision.Visitor<>() {
                @Override
                public ConnectDecision admitted(DeviceSession session) {
                    return new ConnectDecision.Accepted(session, Map.of("pid", session.privateId()));
                }

                @Override
                public ConnectDecision refused(ApiException reason) {
                    return ConnectDecision.refuse(
                            reason.detail(), Map.of("code", reason.code().code()));
                }

                @Override
                public ConnectDecision postponed() {
                    return new ConnectDecision.Postponed();
                }
            };

    private final DeviceSessions sessions;
    private final ChatSurface surface;
    private final ChatCommands commands;
    private final OfferedAvatars avatars;

    ChatNamespace(DeviceSessions sessions, ChatSurface surface, ChatCommands commands, OfferedAvatars avatars) {
        this.sessions = sessions;
        this.avatars = avatars;
        this.surface = surface;
        this.commands = commands;
    }

    @Override
    public Mono<ConnectDecision> connect(Handshake handshake) {
        return sessions.admit(credentials(handshake.auth()))
                .doOnNext(decision -> {
                    if (decision instanceof AdmissionDecision.Admitted admitted) {
                        avatars.offer(admitted.session().user(), handshake.auth());
                    }
                })
                .map(decision -> decision.accept(CONNECT_DECISIONS));
    }

    /** @param auth what the client sends: {@code {token, userId?, tenantId?, pid?, offset?}} */
    private static ConnectCredentials credentials(ObjectNode auth) {
        String token = auth.path("token").asString("");
        return new ConnectCredentials(
                token.startsWith(BEARER) ? token.substring(BEARER.length()) : token,
                text(auth, "userId"),
                text(auth, "tenantId"),
                auth.path("pid").isString() ? auth.path("pid").asString() : null,
                text(auth, "offset"));
    }

    private static @Nullable String text(ObjectNode auth, String field) {
        return auth.path(field).asString(null);
    }

    @Override
    public Mono<Void> connected(Socket socket) {
        return sessions.start(session(socket), socket, surface);
    }

    @Override
    public @Nullable Ack refuse(Socket socket, String event) {
        try {
            sessions.admitCommand(session(socket), event);
            return null;
        } catch (ApiException tooMany) {
            return Acks.failure(tooMany);
        }
    }

    @Override
    public @Nullable Object orderKey(String event, List<JsonNode> args) {
        return commands.orderOf(event).key(argument(args));
    }

    @Override
    public Mono<Ack> event(Socket socket, String event, List<JsonNode> args) {
        DeviceSession session = session(socket);
        Command command = commands.named(event);
        return run(session, event, () -> command.run(new CommandSender(socket, session.device()), argument(args)));
    }

    private static JsonNode argument(List<JsonNode> args) {
        return args.isEmpty() ? MissingNode.getInstance() : args.get(0);
    }

    @Override
    public Mono<Ack> eventWithAttachments(Socket socket, String event, List<JsonNode> args) {
        return run(session(socket), event, () -> Mono.error(NO_BINARY));
    }

    private Mono<Ack> run(DeviceSession session, String event, Supplier<Mono<Ack>> action) {
        return sessions.run(session, event, action).onErrorResume(failure -> Mono.just(Acks.failure(failure)));
    }

    @Override
    public Ack failed(Socket socket, String event, Throwable error) {
        return error instanceof TimeoutException ? SLOW : Acks.failure(error);
    }

    @Override
    public Ack overloaded(Socket socket) {
        return OVERLOADED;
    }

    @Override
    public void unreachable(Socket socket) {
        sessions.unreachable(session(socket));
    }

    @Override
    public void disconnected(Socket socket, CloseReason reason) {
        sessions.end(session(socket));
    }

    private static DeviceSession session(Socket socket) {
        return socket.principal(DeviceSession.class);
    }
}
