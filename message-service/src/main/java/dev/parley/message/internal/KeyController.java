package dev.parley.message.internal;

import dev.parley.platform.encryption.ConversationKey;
import dev.parley.platform.encryption.ConversationKeySource;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Gives wrapped data keys to the other services, which need a master key to use them. */
@RestController
class KeyController {

    private final ConversationKeySource keys;

    KeyController(ConversationKeySource keys) {
        this.keys = keys;
    }

    /** @return 404 if nothing was ever sealed in the conversation */
    @GetMapping("/internal/platform/conversation-keys/{conversationId}")
    Mono<ConversationKey> get(@PathVariable String conversationId) {
        return keys.find(conversationId)
                .switchIfEmpty(Mono.error(() -> ApiException.of(
                        PlatformError.NO_SUCH_RESOURCE, "The conversation " + conversationId + " has no data key")));
    }
}
