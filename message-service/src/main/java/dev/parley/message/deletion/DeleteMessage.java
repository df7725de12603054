package dev.parley.message.deletion;

import dev.parley.events.MessageDeleted;
import dev.parley.message.access.MemberAccess;
import dev.parley.message.history.VisibleMessages;
import dev.parley.message.limit.ActionLimits;
import dev.parley.message.limit.ActionLimits.Action;
import dev.parley.message.messagechange.Revisions;
import dev.parley.message.store.Message;
import dev.parley.platform.security.Caller;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Deletes a message for everyone: a tombstone without content stays. */
@Component
public final class DeleteMessage {

    private final VisibleMessages messages;
    private final Revisions revisions;
    private final ActionLimits limits;

    DeleteMessage(VisibleMessages messages, Revisions revisions, ActionLimits limits) {
        this.messages = messages;
        this.revisions = revisions;
        this.limits = limits;
    }

    /**
     * Makes a message a tombstone. Doing it again changes nothing.
     *
     * @return the tombstone; fails as {@link ActionLimits#take}, {@link VisibleMessages#findToChange} and
     *     {@link MemberAccess#requireMayDelete} do
     */
    public Mono<Message> delete(Caller caller, String messageId) {
        return limits.take(caller, Action.DELETE)
                .then(messages.findToChange(caller, messageId))
                .flatMap(found -> revisions.change(
                        caller,
                        found.message(),
                        (message, now) -> {
                            found.access().requireMayDelete(message, now);
                            return message.isDeleted() ? message : message.tombstone(now);
                        },
                        tombstone -> new MessageDeleted(tombstone, caller.userId())));
    }
}
