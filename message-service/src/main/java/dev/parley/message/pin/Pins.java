package dev.parley.message.pin;

import dev.parley.events.MessagePinned;
import dev.parley.events.MessageUnpinned;
import dev.parley.events.Pin;
import dev.parley.message.MessageError;
import dev.parley.message.MessageSettings;
import dev.parley.message.history.VisibleMessages;
import dev.parley.message.limit.ActionLimits;
import dev.parley.message.limit.ActionLimits.Action;
import dev.parley.message.messagechange.Revisions;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessageStore;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Pins and unpins messages for everybody in the conversation. Doing either again changes nothing. */
@Component
public final class Pins {

    private final VisibleMessages messages;
    private final MessageStore store;
    private final Revisions revisions;
    private final ActionLimits limits;
    private final int maxPins;

    Pins(
            VisibleMessages messages,
            MessageStore store,
            Revisions revisions,
            ActionLimits limits,
            MessageSettings settings) {
        this.messages = messages;
        this.store = store;
        this.revisions = revisions;
        this.limits = limits;
        this.maxPins = settings.maxPins();
    }

    /**
     * @return the message; fails as {@link ActionLimits#take} and {@link VisibleMessages#findToChange} do, with
     *     {@link MessageError#DELETED} or with {@link MessageError#TOO_MANY_PINS}
     */
    public Mono<Message> pin(Caller caller, String messageId) {
        return limits.take(caller, Action.PIN)
                .then(messages.findToChange(caller, messageId))
                .flatMap(found -> requireRoom(found.message()))
                .flatMap(found -> revisions.change(
                        caller, found, (message, now) -> pinned(message, caller, now), MessagePinned::new));
    }

    private Mono<Message> requireRoom(Message message) {
        if (message.isPinned()) {
            return Mono.just(message);
        }
        return store.countPinned(message.conversationId()).map(pinned -> {
            if (pinned >= maxPins) {
                throw ApiException.of(
                        MessageError.TOO_MANY_PINS, "A conversation has at most " + maxPins + " pinned messages");
            }
            return message;
        });
    }

    private static Message pinned(Message message, Caller caller, Instant now) {
        message.requireNotDeleted();
        return message.isPinned() ? message : message.withPin(new Pin(caller.userId(), now), now);
    }

    /** @return the message; fails as {@link ActionLimits#take} and {@link VisibleMessages#findToChange} do */
    public Mono<Message> unpin(Caller caller, String messageId) {
        return limits.take(caller, Action.PIN)
                .then(messages.findToChange(caller, messageId))
                .flatMap(found -> revisions.change(
                        caller,
                        found.message(),
                        (message, now) -> message.isPinned() ? message.withPin(null, now) : message,
                        snapshot -> new MessageUnpinned(snapshot, caller.userId())));
    }
}
