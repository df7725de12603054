package dev.parley.presence.chatcore;

import dev.parley.presence.socketio.Ack;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Runs when a client emits an event. A failure is rendered as a failed acknowledgement. */
@FunctionalInterface
interface Command {

    /** @param argument the first argument of the event; a missing node if there is none */
    Mono<Ack> run(CommandSender client, JsonNode argument);
}
