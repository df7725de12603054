package dev.parley.presence.stream;

import dev.parley.events.Block;
import dev.parley.events.ConversationAdvanced;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationEvent;
import dev.parley.events.ConversationReturned;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReceiptCompleted;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.EventRenderer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hands each conversation event to the renderers, and applies it to memberships: a member who is added by a system message
 * listens before the message is sent, and a member who is removed listens until after it. So the same event in the same
 * rooms is sent in the same way, live or replayed.
 */
final class EventDispatcher {

    /** The {@code seq} before the first message. */
    private static final long BEFORE_FIRST_MESSAGE = 0;

    private final List<EventRenderer> renderers;
    private final List<ConversationChangeListener> changes;
    private final Consumer<RuntimeException> onFailure;

    /** @param onFailure receives the failure of a renderer or a listener; unless it throws, the others are still called */
    EventDispatcher(
            List<EventRenderer> renderers,
            List<? extends ConversationChangeListener> changes,
            Consumer<RuntimeException> onFailure) {
        this.renderers = List.copyOf(renderers);
        this.changes = List.copyOf(changes);
        this.onFailure = onFailure;
    }

    void dispatch(ConversationEvent event, EventContext context) {
        event.accept(new Dispatch(context)).run();
    }

    /** What to do for each kind of event. */
    private final class Dispatch implements ConversationEvent.Visitor<Runnable> {

        private final EventContext context;

        Dispatch(EventContext context) {
            this.context = context;
        }

        @Override
        public Runnable messageCreated(MessageCreated event) {
            return () -> EventDispatcher.this.messageCreated(event, context);
        }

        @Override
        public Runnable messageChanged(MessageChange event) {
            return () -> render(renderer -> renderer.messageChanged(event, context));
        }

        @Override
        public Runnable messageHidden(MessageHidden event) {
            return () -> render(renderer -> renderer.messageHidden(event, context));
        }

        @Override
        public Runnable receiptRead(ReceiptRead event) {
            return () -> {
                // First: a view of the reader that is being requested now may be older than the count that the
                // renderers send.
                notifyChanges(listener -> listener.read(event));
                render(renderer -> renderer.messagesRead(event, context));
            };
        }

        @Override
        public Runnable receiptCompleted(ReceiptCompleted event) {
            return () -> render(renderer -> renderer.receiptsCompleted(event, context));
        }

        @Override
        public Runnable receiptDelivered(ReceiptDelivered event) {
            return () -> {
                notifyChanges(listener -> listener.delivered(event));
                render(renderer -> renderer.messagesDelivered(event, context));
            };
        }

        @Override
        public Runnable conversationAdvanced(ConversationAdvanced event) {
            return () -> notifyChanges(listener -> listener.changed(event.tenantId(), event.conversationId(), null));
        }

        @Override
        public Runnable conversationUpdated(ConversationUpdated event) {
            return () -> notifyChanges(
                    listener -> listener.changed(event.tenantId(), event.conversationId(), event.userId()));
        }

        @Override
        public Runnable conversationCreated(ConversationCreated event) {
            List<String> userIds = event.participants().stream()
                    .map(participant -> participant.user().id())
                    .toList();
            return () -> open(event.tenantId(), event.conversationId(), userIds, context);
        }

        @Override
        public Runnable conversationReturned(ConversationReturned event) {
            return () -> open(event.tenantId(), event.conversationId(), event.userIds(), context);
        }

        @Override
        public Runnable conversationDeleted(ConversationDeleted event) {
            return () -> {
                render(renderer -> renderer.conversationDeleted(event, context));
                String userId = event.userId();
                if (userId == null) {
                    context.members().removeConversation(event.tenantId(), event.conversationId());
                } else {
                    notifyChanges(listener -> listener.hidden(event.tenantId(), event.conversationId(), userId));
                }
            };
        }
    }

    private void messageCreated(MessageCreated created, EventContext context) {
        created.message().notice().ifPresentOrElse(notice -> noticeCreated(created, notice, context), () -> {
            render(renderer -> renderer.messageCreated(created, context));
            notifyChanges(listener -> listener.written(created.message()));
        });
    }

    private void noticeCreated(MessageCreated created, Block.Notice notice, EventContext context) {
        MessageSnapshot message = created.message();
        String conversationId = message.conversationId();
        List<UserKey> users = notice.members().stream()
                .map(member -> new UserKey(message.tenantId(), member.user().id()))
                .toList();
        switch (notice.kind().effect()) {
            case JOINS -> {
                users.forEach(user -> context.members().addMember(user, conversationId, message.seq()));
                render(renderer -> renderer.messageCreated(created, context));
                render(renderer -> renderer.membersAdded(message, notice, context));
                notifyChanges(listener -> listener.opened(message.tenantId(), conversationId, ids(users)));
            }
            case LEAVES -> {
                render(renderer -> renderer.messageCreated(created, context));
                render(renderer -> renderer.membersRemoved(message, notice, context));
                users.forEach(user -> context.members().removeMember(user, conversationId, message.seq()));
                notifyChanges(listener -> listener.left(message.tenantId(), conversationId, ids(users)));
            }
            case CHANGES_ROLE, NONE -> render(renderer -> renderer.messageCreated(created, context));
        }
    }

    private void open(String tenantId, String conversationId, List<String> userIds, EventContext context) {
        userIds.forEach(userId ->
                context.members().addMember(new UserKey(tenantId, userId), conversationId, BEFORE_FIRST_MESSAGE));
        notifyChanges(listener -> listener.opened(tenantId, conversationId, userIds));
    }

    private static List<String> ids(List<UserKey> users) {
        return users.stream().map(UserKey::userId).toList();
    }

    private void render(Consumer<EventRenderer> rendering) {
        renderers.forEach(renderer -> run(() -> rendering.accept(renderer)));
    }

    private void notifyChanges(Consumer<ConversationChangeListener> notification) {
        changes.forEach(listener -> run(() -> notification.accept(listener)));
    }

    private void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            onFailure.accept(failure);
        }
    }
}
