package dev.parley.message.deletion;

import dev.parley.events.MessageDeleted;
import dev.parley.message.MessageError;
import dev.parley.message.access.MemberAccess;
import dev.parley.message.history.VisibleMessages;
import dev.parley.message.revision.Revisions;
import dev.parley.message.store.Message;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Deletes messages for everyone: their sender may for a while, an admin of the group at any time. */
@Component
public final class DeleteMessage {

    private final VisibleMessages messages;
    private final Revisions revisions;

    DeleteMessage(VisibleMessages messages, Revisions revisions) {
        this.messages = messages;
        this.revisions = revisions;
    }

    /**
     * Leaves a tombstone in the place of a message. Doing it again changes nothing.
     *
     * @return the tombstone; fails as {@link VisibleMessages#findToChange} does, with
     *     {@link MessageError#NOT_THE_SENDER} or with {@link MessageError#DELETE_WINDOW_CLOSED}
     */
    public Mono<Message> delete(Caller caller, String messageId) {
        return messages.findToChange(caller, messageId)
                .flatMap(found -> revisions.change(
                        caller,
                        found.message(),
                        (message, now) -> deleted(message, caller, found.access(), now),
                        tombstone -> new MessageDeleted(tombstone, caller.userId())));
    }

    private Message deleted(Message message, Caller caller, MemberAccess access, Instant now) {
        boolean own = message.senderId().equals(caller.userId());
        if (!own && !access.admin()) {
            throw ApiException.of(
                    MessageError.NOT_THE_SENDER, "Only its sender or an admin of the group can delete a message");
        }
        if (message.isDeleted()) {
            return message;
        }
        Duration window = access.deleteWindow();
        if (!access.admin() && now.isAfter(message.createdAt().plus(window))) {
            throw ApiException.of(
                    MessageError.DELETE_WINDOW_CLOSED,
                    "A message can be deleted for " + window.toSeconds() + " s after it was sent");
        }
        return message.tombstone(now);
    }
}
