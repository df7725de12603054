package dev.parley.message.edit;

import dev.parley.events.Block;
import dev.parley.events.MessageEdited;
import dev.parley.message.MessageError;
import dev.parley.message.history.VisibleMessages;
import dev.parley.message.mention.Mentions;
import dev.parley.message.revision.Revisions;
import dev.parley.message.store.Message;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives messages another text: their sender may, for a while. */
@Component
public final class EditMessage {

    private final VisibleMessages messages;
    private final Revisions revisions;
    private final Mentions mentions;

    EditMessage(VisibleMessages messages, Revisions revisions, Mentions mentions) {
        this.mentions = mentions;
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
        return messages.findToChange(caller, messageId).flatMap(found -> mentioned(found.message(), text)
                .flatMap(mentioned -> revisions.change(
                        caller,
                        found.message(),
                        (message, now) -> {
                            requireEditable(message, caller, found.access().editWindow(), now);
                            return message.withText(text, mentioned, now);
                        },
                        MessageEdited::new)));
    }

    private Mono<List<String>> mentioned(Message message, String text) {
        return mentions.in(List.of(Block.Text.plain(text)), message.tenantId(), message.conversationId());
    }

    private static void requireEditable(Message message, Caller caller, Duration window, Instant now) {
        if (!message.senderId().equals(caller.userId())) {
            throw ApiException.of(MessageError.NOT_THE_SENDER, "Only its sender can edit a message");
        }
        message.requireContent();
        if (now.isAfter(message.createdAt().plus(window))) {
            throw ApiException.of(
                    MessageError.EDIT_WINDOW_CLOSED,
                    "A message can be edited for " + window.toSeconds() + " s after it was sent");
        }
    }
}
