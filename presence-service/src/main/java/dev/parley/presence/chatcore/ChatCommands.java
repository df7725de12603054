package dev.parley.presence.chatcore;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.PresenceError;
import dev.parley.presence.typing.TypingSignals;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** The commands of clients, by the name of the event that they emit. */
@Component
final class ChatCommands {

    private record Entry(CommandOrder order, Command command) {}

    private static final Entry UNKNOWN = new Entry(
            CommandOrder.FREE,
            (client, argument) -> Mono.error(ApiException.of(PresenceError.UNKNOWN_EVENT, "There is no such event")));

    private final Map<String, Entry> byName;

    ChatCommands(
            ServiceClients clients,
            ServiceAddresses services,
            RoomCommands rooms,
            PresenceCommands presence,
            TypingCommands typing,
            TypingSignals signals,
            MissedMessages missed) {
        WebClient messages = clients.at(services.of("message"));
        WebClient conversations = clients.at(services.of("conversation"));
        String message = "/api/v1/messages/{messageId}";
        String conversation = "/api/v1/conversations/{conversationId}";
        Command send = new SendCommand(
                clients.directly(services.of("message")),
                RestCommand.of(messages, POST, conversation + "/messages").withBody(),
                signals);
        byName = Map.ofEntries(
                entry("join_room", CommandOrder.LISTENING, rooms::join),
                entry("leave_room", CommandOrder.LISTENING, rooms::leave),
                entry("send_message", CommandOrder.CONVERSATION, send),
                entry(
                        "update_message",
                        CommandOrder.MESSAGE,
                        RestCommand.of(messages, PATCH, message).withBody()),
                entry("delete_message", CommandOrder.MESSAGE, RestCommand.of(messages, DELETE, message)),
                entry("delete_message_for_me", CommandOrder.MESSAGE, RestCommand.of(messages, DELETE, message + "/me")),
                entry(
                        "add_reaction",
                        CommandOrder.MESSAGE,
                        RestCommand.of(messages, POST, message + "/reactions").withBody()),
                entry(
                        "remove_reaction",
                        CommandOrder.MESSAGE,
                        RestCommand.of(messages, DELETE, message + "/reactions/{emoji}")),
                entry("pin_message", CommandOrder.MESSAGE, RestCommand.of(messages, POST, message + "/pin")),
                entry("unpin_message", CommandOrder.MESSAGE, RestCommand.of(messages, DELETE, message + "/pin")),
                entry(
                        "clear_chat",
                        CommandOrder.CONVERSATION,
                        RestCommand.of(conversations, DELETE, conversation + "/messages")),
                entry(
                        "mark_read",
                        CommandOrder.READING,
                        RestCommand.of(conversations, POST, conversation + "/read")
                                .withBody()),
                entry("get_missed", CommandOrder.FREE, missed::after),
                entry("get_online_users", CommandOrder.FREE, presence::online),
                entry("get_typing_users", CommandOrder.FREE, typing::users),
                // After what was sent before, which ends the typing.
                entry("typing", CommandOrder.CONVERSATION, typing::changed));
    }

    private static Map.Entry<String, Entry> entry(String event, CommandOrder order, Command command) {
        return Map.entry(event, new Entry(order, command));
    }

    Set<String> names() {
        return byName.keySet();
    }

    /** The command with this name, or a command that fails if there is none. */
    Command named(String event) {
        return byName.getOrDefault(event, UNKNOWN).command();
    }

    CommandOrder orderOf(String event) {
        return byName.getOrDefault(event, UNKNOWN).order();
    }
}
