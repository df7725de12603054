package dev.parley.message.timeline;

import dev.parley.message.MessageError;
import dev.parley.message.access.Access;
import dev.parley.message.access.ConversationAccess;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.security.Caller;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds single messages for those who may see them. */
@Component
public final class VisibleMessages {

    /** A message, and what the caller may do where it is. */
    public record Found(Message message, Access access) {}

    private final MessageStore store;
    private final ConversationAccess conversations;

    VisibleMessages(MessageStore store, ConversationAccess conversations) {
        this.store = store;
        this.conversations = conversations;
    }

    /**
     * The message with the given id.
     *
     * @return fails with {@link MessageError#MESSAGE_NOT_FOUND} where there is none that the caller may see, and as
     *     {@link ConversationAccess#of} where the caller is no member
     */
    public Mono<Found> find(Caller caller, String messageId) {
        return store.byId(caller.tenantId(), messageId)
                .flatMap(message -> conversations
                        .of(caller, message.conversationId())
                        .filter(access -> access.maySee(message.seq()))
                        .map(access -> new Found(message, access)))
                .switchIfEmpty(Mono.error(
                        () -> ApiException.of(MessageError.MESSAGE_NOT_FOUND, "No message " + messageId + " here")));
    }

    /** Like {@link #find}, for a change that others will see: forbidden to those whose membership has ended. */
    public Mono<Found> findToChange(Caller caller, String messageId) {
        return find(caller, messageId).doOnNext(found -> {
            if (!found.access().lasts()) {
                throw ApiException.of(PlatformError.FORBIDDEN, "You are no longer in this conversation");
            }
        });
    }
}
