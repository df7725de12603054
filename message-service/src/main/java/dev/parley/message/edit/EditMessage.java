package dev.parley.message.edit;

import dev.parley.events.Block;
import dev.parley.events.MessageEdited;
import dev.parley.message.access.MemberAccess;
import dev.parley.message.history.VisibleMessages;
import dev.parley.message.limit.ActionLimits;
import dev.parley.message.limit.ActionLimits.Action;
import dev.parley.message.mention.Mentions;
import dev.parley.message.messagechange.Revisions;
import dev.parley.message.store.Message;
import dev.parley.message.store.PastLimits;
import dev.parley.platform.security.Caller;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Replaces the text of a message, and keeps the text of before. Its files stay. */
@Component
public final class EditMessage {

    private final VisibleMessages messages;
    private final Revisions revisions;
    private final Mentions mentions;
    private final ActionLimits limits;
    private final PastLimits past;

    EditMessage(
            VisibleMessages messages,
            Revisions revisions,
            Mentions mentions,
            ActionLimits limits,
            EditSettings settings) {
        this.messages = messages;
        this.revisions = revisions;
        this.mentions = mentions;
        this.limits = limits;
        this.past = settings.kept();
    }

    /**
     * @return the message after the edit; fails as {@link ActionLimits#take}, {@link VisibleMessages#findToChange} and
     *     {@link MemberAccess#requireMayEdit} do
     */
    public Mono<Message> edit(Caller caller, String messageId, String text) {
        return limits.take(caller, Action.EDIT)
                .then(messages.findToChange(caller, messageId))
                .flatMap(found -> mentioned(found.message(), text)
                        .flatMap(mentioned -> revisions.change(
                                caller,
                                found.message(),
                                (message, now) -> {
                                    found.access().requireMayEdit(message, now);
                                    return message.withText(text, mentioned, now, past);
                                },
                                MessageEdited::new)));
    }

    private Mono<List<String>> mentioned(Message message, String text) {
        return mentions.in(List.of(Block.Text.plain(text)), message.tenantId(), message.conversationId());
    }
}
