package dev.parley.presence.chatcore;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.PresenceError;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** The commands of clients, by the name of the event that they emit. */
@Component
final class ChatCommands {

    private final Map<String, Command> byName;

    ChatCommands(
            ServiceClients clients,
            ServiceAddresses services,
            RoomCommands rooms,
            PresenceCommands presence,
            TypingCommands typing,
            MissedMessages missed) {
        WebClient messages = clients.at(services.of("message"));
        WebClient conversations = clients.at(services.of("conversation"));
        String message = "/api/v1/messages/{messageId}";
        String conversation = "/api/v1/conversations/{conversationId}";
        Command send = new SendCommand(
                clients.directly(services.of("message")),
                RestCommand.of(messages, POST, conversation + "/messages").withBody());
        byName = Map.ofEntries(
                Map.entry("join_room", rooms::join),
                Map.entry("leave_room", rooms::leave),
                Map.entry("send_message", send),
                Map.entry(
                        "update_message",
                        RestCommand.of(messages, PATCH, message).withBody()),
                Map.entry("delete_message", RestCommand.of(messages, DELETE, message)),
                Map.entry("delete_message_for_me", RestCommand.of(messages, DELETE, message + "/me")),
                Map.entry(
                        "add_reaction",
                        RestCommand.of(messages, POST, message + "/reactions").withBody()),
                Map.entry("remove_reaction", RestCommand.of(messages, DELETE, message + "/reactions/{emoji}")),
                Map.entry("pin_message", RestCommand.of(messages, POST, message + "/pin")),
                Map.entry("unpin_message", RestCommand.of(messages, DELETE, message + "/pin")),
                Map.entry("clear_chat", RestCommand.of(conversations, DELETE, conversation + "/messages")),
                Map.entry(
                        "mark_read",
                        RestCommand.of(conversations, POST, conversation + "/read")
                                .withBody()),
                Map.entry("get_missed", missed::after),
                Map.entry("get_online_users", presence::online),
                Map.entry("get_typing_users", typing::users),
                Map.entry("typing", typing::changed));
    }

    Set<String> names() {
        return byName.keySet();
    }

    /** The command with this name, or a command that fails if there is none. */
    Command named(String event) {
        return byName.getOrDefault(
                event,
                (client, argument) -> Mono.error(ApiException.of(PresenceError.UNKNOWN_EVENT, "No event " + event)));
    }
}
