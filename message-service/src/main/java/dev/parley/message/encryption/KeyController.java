package dev.parley.message.encryption;

import dev.parley.platform.encryption.ConversationKey;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Gives data keys to the other services, wrapped: only who has the master key can use them. */
@RestController
class KeyController {

    private final KeyStore store;

    KeyController(KeyStore store) {
        this.store = store;
    }

    /** @return 404 where nothing was ever sealed in the conversation */
    @GetMapping("/internal/platform/conversation-keys/{conversationId}")
    Mono<ConversationKey> get(@PathVariable String conversationId) {
        return store.find(conversationId)
                .switchIfEmpty(Mono.error(() -> ApiException.of(
                        PlatformError.NO_SUCH_RESOURCE, "The conversation " + conversationId + " has no data key")));
    }
}
