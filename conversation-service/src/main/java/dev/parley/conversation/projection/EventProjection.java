package dev.parley.conversation.projection;

import dev.parley.conversation.membership.Admission;
import dev.parley.conversation.membership.Memberships;
import dev.parley.conversation.membership.Returning;
import dev.parley.conversation.reading.ReadProgress;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.ReceivedEvent;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps conversations and memberships up to date with what the events say. */
@Component
final class EventProjection implements EventHandler {

    private final Memberships memberships;
    private final MemberProgress members;
    private final ConversationProgress conversations;
    private final Hiding hiding;
    private final Returning returning;
    private final ReadProgress reading;
    private final Advancing advancing;

    EventProjection(
            Memberships memberships,
            MemberProgress members,
            ConversationProgress conversations,
            Hiding hiding,
            Returning returning,
            ReadProgress reading,
            Advancing advancing) {
        this.memberships = memberships;
        this.members = members;
        this.conversations = conversations;
        this.hiding = hiding;
        this.returning = returning;
        this.reading = reading;
        this.advancing = advancing;
    }

    /**
     * One write for each conversation and for each sender of the batch, however many messages there are, and one for each
     * message that was changed.
     *
     * <p>The order matters. What a sender sent comes before what the conversation got: a message is never counted as
     * unread for its own sender. What is shown as the last comes before changes: a change of what is not noted yet would be
     * lost. That a conversation has advanced is told when all of it can be seen.
     */
    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        Projected projected = Projected.of(batch);
        return Flux.fromIterable(projected.admissions())
                .map(Admission::of)
                .concatMap(memberships::admit)
                .thenMany(Flux.fromIterable(projected.ended()))
                .concatMap(memberships::end)
                .then(members.noteSent(projected.sent()))
                .then(conversations.noteLast(projected.last()))
                .then(conversations.noteChanges(projected.changed()))
                .then(conversations.noteDeleted(projected.deleted()))
                .then(hiding.note(projected.hidden()))
                .then(members.noteChanges(projected.changed()))
                .then(returning.afterMessages(projected.last()))
                .then(reading.note(projected.read()))
                .then(advancing.tell(projected.conversations()));
    }
}
