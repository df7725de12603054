package dev.parley.presence.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.presence.PresenceError;
import dev.parley.presence.limit.EventLimit;
import dev.parley.presence.limit.EventLimits;
import dev.parley.presence.user.ConnectedUser;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What clients may ask for, as often as they may. */
@Component
final class LimitedCommands {

    private final Commands commands;
    private final Map<String, EventLimit> limits;
    private final EventLimit unknown;

    LimitedCommands(Commands commands, EventLimits limits) {
        limits.requireKnown(commands.names());
        this.commands = commands;
        this.limits = commands.names().stream().collect(Collectors.toMap(Function.identity(), limits::of));
        // One for all names that there are not: clients can think of as many as they like.
        this.unknown = limits.of("unknown");
    }

    /** The command of this name. It fails, and does nothing, while the user asks for it too often. */
    Command named(String event) {
        Command command = commands.named(event);
        EventLimit limit = limits.getOrDefault(event, unknown);
        return (socket, argument) -> {
            limit.take(socket.principal(ConnectedUser.class));
            return command == null
                    ? Mono.error(ApiException.of(PresenceError.UNKNOWN_EVENT, "No event " + event))
                    : command.run(socket, argument);
        };
    }
}
