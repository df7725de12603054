package dev.parley.presence.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorTranslation;
import dev.parley.platform.error.PlatformError;
import dev.parley.presence.PresenceError;
import dev.parley.presence.live.Arrival;
import dev.parley.presence.socketio.Ack;
import dev.parley.presence.socketio.Connect;
import dev.parley.presence.socketio.Handshake;
import dev.parley.presence.socketio.NamespaceHandler;
import dev.parley.presence.socketio.Socket;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.user.ConnectedUser;
import dev.parley.presence.user.SessionTokens;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The namespace {@code /chat}: who is let in, and what clients may ask for. */
@Component
final class ChatHandler implements NamespaceHandler {

    private static final String BEARER = "Bearer ";

    private final SessionTokens tokens;
    private final Arrival arrival;
    private final Typing typing;
    private final Map<String, Command> commands;

    ChatHandler(SessionTokens tokens, Arrival arrival, RoomCommands rooms, MessageCommands messages, Typing typing) {
        this.tokens = tokens;
        this.arrival = arrival;
        this.typing = typing;
        this.commands = Map.of(
                "join_room", rooms::join,
                "leave_room", rooms::leave,
                "send_message", messages::send,
                "update_message", messages::edit,
                "delete_message", messages::delete,
                "add_reaction", messages::react,
                "remove_reaction", messages::unreact,
                "pin_message", messages::pin,
                "unpin_message", messages::unpin,
                "typing", typing::changed);
    }

    @Override
    public Mono<Connect> connect(Handshake handshake) {
        return tokens.user(token(handshake.auth()))
                .doOnNext(user -> requireConsistent(handshake.auth(), user))
                .flatMap(user -> arrival.rooms(user).<Connect>map(rooms -> new Connect.Accepted(user, Map.of(), rooms)))
                .onErrorResume(failure -> Mono.just(refusal(failure)));
    }

    private static String token(ObjectNode auth) {
        String given = auth.path("token").asString("");
        return given.startsWith(BEARER) ? given.substring(BEARER.length()) : given;
    }

    private static void requireConsistent(ObjectNode auth, ConnectedUser user) {
        String userId = auth.path("userId").asString(user.id());
        String tenantId = auth.path("tenantId").asString(user.tenantId());
        if (!userId.equals(user.id()) || !tenantId.equals(user.tenantId())) {
            throw ApiException.of(PlatformError.HEADER_MISMATCH, "userId or tenantId is not the token's");
        }
    }

    private static Connect refusal(Throwable failure) {
        ApiException error = ErrorTranslation.translate(failure, null);
        return Connect.refuse(error.detail(), Map.of("code", error.code().code()));
    }

    @Override
    public Mono<Void> connected(Socket socket) {
        arrival.roomsSince(socket.principal(ConnectedUser.class)).forEach(socket::join);
        return Mono.empty();
    }

    @Override
    public Mono<Ack> event(Socket socket, String event, List<JsonNode> args) {
        Command command = commands.get(event);
        if (command == null) {
            return Mono.just(Acks.failure(ApiException.of(PresenceError.UNKNOWN_EVENT, "No event " + event)));
        }
        JsonNode argument = args.isEmpty() ? MissingNode.getInstance() : args.get(0);
        return Mono.defer(() -> command.run(socket, argument)).onErrorResume(failure -> refused(socket, failure));
    }

    /** A user whose session has ended is told so, and sent away. */
    private static Mono<Ack> refused(Socket socket, Throwable failure) {
        ApiException error = ErrorTranslation.translate(failure, null);
        if (error.code().status() == HttpStatus.UNAUTHORIZED) {
            socket.close(CloseReason.REVOKED);
        }
        return Mono.just(Acks.failure(error));
    }

    @Override
    public Ack failed(Socket socket, String event, Throwable error) {
        return Acks.failure(error);
    }

    @Override
    public void disconnected(Socket socket, CloseReason reason) {
        typing.stopped(socket);
    }
}
