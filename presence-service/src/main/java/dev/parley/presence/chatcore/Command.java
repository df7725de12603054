package dev.parley.presence.chatcore;

import dev.parley.presence.socketio.Ack;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What is done when a client emits an event. A failure becomes the answer that names it. */
@FunctionalInterface
interface Command {

    /** @param argument the event's first argument; a missing node if there is none */
    Mono<Ack> run(ChatClient client, JsonNode argument);
}
