package dev.parley.platform.encryption;

import reactor.core.publisher.Mono;

/** Where the wrapped data keys of conversations are: message-service has them, other services ask it. */
public interface ConversationKeySource {

    /** @return empty if the conversation has none, because nothing in it was ever sealed */
    Mono<ConversationKey> find(String conversationId);
}
