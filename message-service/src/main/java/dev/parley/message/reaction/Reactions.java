package dev.parley.message.reaction;

import dev.parley.events.ReactionChanged;
import dev.parley.message.MessageError;
import dev.parley.message.MessageSettings;
import dev.parley.message.history.VisibleMessages;
import dev.parley.message.limit.ActionLimits;
import dev.parley.message.limit.ActionLimits.Action;
import dev.parley.message.messagechange.Revisions;
import dev.parley.message.store.Message;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Adds and removes reactions of members to messages. Doing either again changes nothing. */
@Component
public final class Reactions {

    private record Toggle(String userId, String emoji, boolean added) {

        /** The same with the emoji as the message shows it: that is what the event and the kept past tell of. */
        Toggle shownIn(Message message) {
            return new Toggle(userId, new ReactionList(message.reactions()).shown(emoji), added);
        }
    }

    private final VisibleMessages messages;
    private final Revisions revisions;
    private final ActionLimits limits;
    private final MessageSettings settings;

    Reactions(VisibleMessages messages, Revisions revisions, ActionLimits limits, MessageSettings settings) {
        this.messages = messages;
        this.revisions = revisions;
        this.limits = limits;
        this.settings = settings;
    }

    /**
     * @return the message; fails as {@link ActionLimits#take} and {@link VisibleMessages#findToChange} do, with
     *     {@link MessageError#DELETED} or with {@link MessageError#TOO_MANY_REACTIONS}
     */
    public Mono<Message> add(Caller caller, String messageId, String emoji) {
        Toggle toggle = new Toggle(caller.userId(), emoji, true);
        return change(caller, messageId, toggle, list -> list.with(emoji, caller.userId(), settings));
    }

    /**
     * @return the message; fails as {@link ActionLimits#take} and {@link VisibleMessages#findToChange} do, or with
     *     {@link MessageError#DELETED}
     */
    public Mono<Message> remove(Caller caller, String messageId, String emoji) {
        Toggle toggle = new Toggle(caller.userId(), emoji, false);
        return change(caller, messageId, toggle, list -> list.without(emoji, caller.userId()));
    }

    private Mono<Message> change(Caller caller, String messageId, Toggle toggle, UnaryOperator<ReactionList> step) {
        return limits.take(caller, Action.REACT)
                .then(messages.findToChange(caller, messageId))
                .flatMap(found -> {
                    Toggle shown = toggle.shownIn(found.message());
                    return revisions.change(
                            caller,
                            found.message(),
                            (message, now) -> changed(message, step, shown, now),
                            snapshot -> new ReactionChanged(snapshot, shown.userId(), shown.emoji(), shown.added()));
                });
    }

    private static Message changed(Message message, UnaryOperator<ReactionList> step, Toggle toggle, Instant now) {
        message.requireNotDeleted();
        ReactionList before = new ReactionList(message.reactions());
        ReactionList after = step.apply(before);
        return after == before
                ? message
                : message.withReactions(after.reactions(), toggle.userId(), toggle.emoji(), toggle.added(), now);
    }
}
