package dev.parley.message.edit;

import dev.parley.events.MessageEdited;
import dev.parley.message.MessageError;
import dev.parley.message.timeline.Message;
import dev.parley.message.timeline.Revisions;
import dev.parley.message.timeline.VisibleMessages;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives messages another text: their sender may, for a while. */
@Component
public final class Editing {

    private final VisibleMessages messages;
    private final Revisions revisions;

    Editing(VisibleMessages messages, Revisions revisions) {
        this.messages = messages;
        this.revisions = revisions;
    }

    /**
     * Replaces the text; files stay.
     *
     * @return the message; fails as {@link VisibleMessages#findToChange} does, with {@link MessageError#NOT_THE_SENDER},
     *     {@link MessageError#EDIT_WINDOW_CLOSED} or {@link MessageError#DELETED}
     */
    public Mono<Message> edit(Caller caller, String messageId, String text) {
        return messages.findToChange(caller, messageId)
                .flatMap(found -> revisions.change(
                        caller,
                        found.message(),
                        (message, now) ->
                                edited(message, caller, text, found.access().editWindow(), now),
                        MessageEdited::new));
    }

    private Message edited(Message message, Caller caller, String text, Duration window, Instant now) {
        if (!message.senderId().equals(caller.userId())) {
            throw ApiException.of(MessageError.NOT_THE_SENDER, "Only its sender can edit a message");
        }
        message.requireContent();
        if (now.isAfter(message.createdAt().plus(window))) {
            throw ApiException.of(
                    MessageError.EDIT_WINDOW_CLOSED,
                    "A message can be edited for " + window.toSeconds() + " s after it was sent");
        }
        return message.withText(text, now);
    }
}
