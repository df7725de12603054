package dev.parley.platform.encryption;

import dev.parley.platform.error.ApiException;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** The wrapped data keys as message-service gives them. */
final class RemoteConversationKeys implements ConversationKeySource {

    private final WebClient messages;

    /** @param messages a client of what message-service shows to services alone */
    RemoteConversationKeys(WebClient messages) {
        this.messages = messages;
    }

    @Override
    public Mono<ConversationKey> find(String conversationId) {
        return messages.get()
                .uri("/conversation-keys/{id}", conversationId)
                .retrieve()
                .bodyToMono(ConversationKey.class)
                .onErrorResume(
                        ApiException.class,
                        refused ->
                                refused.code().status() == HttpStatus.NOT_FOUND ? Mono.empty() : Mono.error(refused));
    }
}
