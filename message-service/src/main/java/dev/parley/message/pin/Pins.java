package dev.parley.message.pin;

import dev.parley.events.MessagePinned;
import dev.parley.events.MessageUnpinned;
import dev.parley.events.Pin;
import dev.parley.message.MessageError;
import dev.parley.message.MessageSettings;
import dev.parley.message.access.ConversationAccess;
import dev.parley.message.history.MessageHistory;
import dev.parley.message.history.VisibleMessages;
import dev.parley.message.revision.Revisions;
import dev.parley.message.store.Message;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Members pin messages for everybody in the conversation, and take pins away. Doing either again changes nothing. */
@Component
public final class Pins {

    /** What is read beyond the limit, for pins that came at the same moment. */
    private static final int TOLERANCE = 100;

    private final VisibleMessages messages;
    private final ConversationAccess conversations;
    private final MessageHistory history;
    private final Revisions revisions;
    private final int maxPins;

    Pins(
            VisibleMessages messages,
            ConversationAccess conversations,
            MessageHistory history,
            Revisions revisions,
            MessageSettings settings) {
        this.messages = messages;
        this.conversations = conversations;
        this.history = history;
        this.revisions = revisions;
        this.maxPins = settings.maxPins();
    }

    /** The pinned messages that the caller may see, last pinned first; fails as {@link ConversationAccess#of} does. */
    public Mono<List<Message>> pinned(Caller caller, String conversationId) {
        return conversations.of(caller, conversationId).flatMap(access -> history.pinned(access, maxPins + TOLERANCE));
    }

    /**
     * @return the message; fails as {@link VisibleMessages#findToChange} does, with {@link MessageError#DELETED} or with
     *     {@link MessageError#TOO_MANY_PINS}
     */
    public Mono<Message> pin(Caller caller, String messageId) {
        return messages.findToChange(caller, messageId)
                .flatMap(found -> requireRoom(found.message()))
                .flatMap(found -> revisions.change(
                        caller, found, (message, now) -> pinned(message, caller, now), MessagePinned::new));
    }

    private Mono<Message> requireRoom(Message message) {
        if (message.isPinned()) {
            return Mono.just(message);
        }
        return history.countPinned(message.conversationId()).map(pinned -> {
            if (pinned >= maxPins) {
                throw ApiException.of(
                        MessageError.TOO_MANY_PINS, "A conversation has at most " + maxPins + " pinned messages");
            }
            return message;
        });
    }

    private static Message pinned(Message message, Caller caller, Instant now) {
        message.requireContent();
        return message.isPinned() ? message : message.withPin(new Pin(caller.userId(), now), now);
    }

    /** @return the message; fails as {@link VisibleMessages#findToChange} does */
    public Mono<Message> unpin(Caller caller, String messageId) {
        return messages.findToChange(caller, messageId)
                .flatMap(found -> revisions.change(
                        caller,
                        found.message(),
                        (message, now) -> message.isPinned() ? message.withPin(null, now) : message,
                        snapshot -> new MessageUnpinned(snapshot, caller.userId())));
    }
}
