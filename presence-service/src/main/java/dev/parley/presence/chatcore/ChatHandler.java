package dev.parley.presence.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorTranslation;
import dev.parley.presence.online.Devices;
import dev.parley.presence.socketio.Ack;
import dev.parley.presence.socketio.Connect;
import dev.parley.presence.socketio.Handshake;
import dev.parley.presence.socketio.NamespaceHandler;
import dev.parley.presence.socketio.Socket;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.user.ConnectedUser;
import dev.parley.presence.user.SessionChecks;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The namespace {@code /chat}. */
@Component
final class ChatHandler implements NamespaceHandler {

    private final Admission admission;
    private final Devices devices;
    private final Welcome welcome;
    private final Typing typing;
    private final LimitedCommands commands;
    private final SessionChecks checks;

    ChatHandler(
            Admission admission,
            Devices devices,
            Welcome welcome,
            Typing typing,
            LimitedCommands commands,
            SessionChecks checks) {
        this.checks = checks;
        this.admission = admission;
        this.devices = devices;
        this.welcome = welcome;
        this.typing = typing;
        this.commands = commands;
    }

    @Override
    public Mono<Connect> connect(Handshake handshake) {
        return admission.decide(handshake.auth());
    }

    /** The client hears of conversations from here on. */
    @Override
    public Mono<Void> connected(Socket socket) {
        ConnectedUser user = socket.principal(ConnectedUser.class);
        if (!admission.came(user)) {
            socket.close(CloseReason.TRY_LATER);
            return Mono.empty();
        }
        Mono<Void> told = welcome.of(socket, user);
        checks.begin(user, () -> socket.close(CloseReason.REVOKED));
        if (admission.isOver(user)) {
            socket.close(CloseReason.REVOKED);
        }
        return told;
    }

    @Override
    public Mono<Ack> event(Socket socket, String event, List<JsonNode> args) {
        devices.used(socket.principal(ConnectedUser.class), socket);
        Command command = commands.named(event);
        JsonNode argument = args.isEmpty() ? MissingNode.getInstance() : args.get(0);
        return Mono.defer(() -> command.run(socket, argument)).onErrorResume(failure -> refused(socket, failure));
    }

    /** A user whose session has ended is told so, and sent away. */
    private static Mono<Ack> refused(Socket socket, Throwable failure) {
        ApiException error = ErrorTranslation.translate(failure);
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
        ConnectedUser user = socket.principal(ConnectedUser.class);
        checks.end(user);
        admission.went(user);
        typing.stopped(socket);
        devices.went(user, socket);
    }
}
