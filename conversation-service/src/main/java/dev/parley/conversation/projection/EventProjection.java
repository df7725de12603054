package dev.parley.conversation.projection;

import dev.parley.conversation.InitialMembers;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.hide.UnhideConversation;
import dev.parley.conversation.receipt.ReceiptRecovery;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.ReceivedEvent;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps conversations and memberships up to date with what the events say. */
@Component
final class EventProjection implements EventHandler {

    private final MembershipStore memberships;
    private final MembershipProjection members;
    private final ConversationProjection conversations;
    private final HiddenMessages hiddenMessages;
    private final UnhideConversation unhideConversation;
    private final ReceiptRecovery reading;
    private final ConversationAdvancedPublisher advanced;
    private final HandledEvents handled;

    EventProjection(
            MembershipStore memberships,
            MembershipProjection members,
            ConversationProjection conversations,
            HiddenMessages hiddenMessages,
            UnhideConversation unhideConversation,
            ReceiptRecovery reading,
            ConversationAdvancedPublisher advanced,
            HandledEvents handled) {
        this.handled = handled;
        this.memberships = memberships;
        this.members = members;
        this.conversations = conversations;
        this.hiddenMessages = hiddenMessages;
        this.unhideConversation = unhideConversation;
        this.reading = reading;
        this.advanced = advanced;
    }

    /**
     * One write for each conversation and for each sender of the batch, however many messages there are, and one for each
     * message that was changed.
     *
     * <p>The order matters. Senders are updated before conversations, so that a message never counts as unread for its own
     * sender. Last messages are set before changes are applied to them, else a change would be lost. That a conversation
     * has advanced is published last, when lists and counts show it.
     */
    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        EventBatch projected = EventBatch.of(batch);
        return project(batch, projected).then(advanced.publish(projected.conversations()));
    }

    /** The same for events that have not come yet: when they come, they change nothing more and are told of. */
    Mono<Void> project(List<ReceivedEvent> events) {
        return project(events, EventBatch.of(events));
    }

    private Mono<Void> project(List<ReceivedEvent> events, EventBatch projected) {
        return Flux.fromIterable(projected.created())
                .map(InitialMembers::of)
                .concatMap(memberships::admit)
                .thenMany(Flux.fromIterable(projected.deletedConversations()))
                .concatMap(memberships::end)
                .then(members.noteSent(projected.sent()))
                .then(conversations.noteLast(projected.last()))
                .then(conversations.noteChanges(projected.changed()))
                .then(conversations.noteDeleted(projected.deleted()))
                .then(hiddenMessages.note(projected.hidden()))
                .then(members.noteChanges(projected.changed()))
                .then(unhideConversation.afterMessages(projected.last()))
                .then(reading.note(projected.read()))
                .doOnSuccess(done ->
                        handled.add(events.stream().map(ReceivedEvent::id).toList()));
    }
}
