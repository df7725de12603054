package dev.parley.message.hiding;

import dev.parley.events.MessageHidden;
import dev.parley.events.MessageSnapshot;
import dev.parley.message.MessageError;
import dev.parley.message.MessageSettings;
import dev.parley.message.history.VisibleMessage;
import dev.parley.message.history.VisibleMessages;
import dev.parley.message.limit.ActionLimits;
import dev.parley.message.limit.ActionLimits.Action;
import dev.parley.message.messagechange.Revisions;
import dev.parley.message.store.HiddenMessageStore;
import dev.parley.message.store.HiddenMessages;
import dev.parley.message.store.Message;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import dev.parley.platform.store.OptimisticUpdate;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Deletes a message for one user alone: nobody else sees a difference. Former members may do it too. */
@Component
public final class HideMessage {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final OptimisticUpdate UPDATE =
            new OptimisticUpdate(60, Duration.ofMillis(1), Duration.ofMillis(40));

    private final VisibleMessages messages;
    private final HiddenMessageStore hiddenMessages;
    private final NewestVisible newestVisible;
    private final Revisions revisions;
    private final ActionLimits limits;
    private final int maxHidden;

    HideMessage(
            VisibleMessages messages,
            HiddenMessageStore hiddenMessages,
            NewestVisible newestVisible,
            Revisions revisions,
            ActionLimits limits,
            MessageSettings settings) {
        this.messages = messages;
        this.hiddenMessages = hiddenMessages;
        this.newestVisible = newestVisible;
        this.revisions = revisions;
        this.limits = limits;
        this.maxHidden = settings.maxHidden();
    }

    /**
     * Hides a message, also a system message, from the caller. Doing it again changes nothing.
     *
     * @return fails as {@link ActionLimits#take} and {@link VisibleMessages#find} do, with
     *     {@link MessageError#TOO_MANY_HIDDEN}, or with {@link MessageError#MESSAGE_BUSY} if the caller hides others all the
     *     time
     */
    public Mono<Void> hide(Caller caller, String messageId) {
        return limits.take(caller, Action.HIDE)
                .then(messages.findAlsoHidden(caller, messageId))
                // Its own events go first: consumers must know a message before they hear that it is hidden.
                .flatMap(found -> revisions.publish(found.message()).thenReturn(found))
                .flatMap(found -> UPDATE.run(
                        hiddenMessages.of(caller.userId(), found.message().conversationId()),
                        hidden -> hide(caller, found, hidden),
                        () -> ApiException.retryLater(
                                MessageError.MESSAGE_BUSY, "Too many messages are deleted at once", RETRY_AFTER)))
                .then();
    }

    /** @return the messages that are hidden then; empty if the caller hid another one meanwhile */
    private Mono<HiddenMessages> hide(Caller caller, VisibleMessage found, HiddenMessages hidden) {
        Message message = found.message();
        if (hidden.contains(message.seq())) {
            return Mono.just(hidden);
        }
        if (hidden.seqs().size() >= maxHidden) {
            return Mono.error(ApiException.of(
                    MessageError.TOO_MANY_HIDDEN,
                    "At most " + maxHidden + " messages of a conversation can be deleted for oneself"));
        }
        return newestVisible
                .without(hidden.with(message.seq()), found.access(), caller)
                .flatMap(newest -> hiddenMessages.add(hidden, event(caller, message, newest)));
    }

    private static MessageHidden event(Caller caller, Message message, Optional<MessageSnapshot> newest) {
        return new MessageHidden(
                message.conversationId(),
                caller.tenantId(),
                caller.userId(),
                message.id(),
                message.seq(),
                newest.orElse(null),
                !message.isFrom(caller.userId()) && !message.isSystemMessage() && !message.isDeleted());
    }
}
