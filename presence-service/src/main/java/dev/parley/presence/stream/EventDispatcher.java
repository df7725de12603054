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
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.EventRenderer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hands each conversation event to the renderers, and changes memberships with it: whoever is added by a system message
 * listens before the message is sent, whoever is removed listens until after it. The same event in the same rooms is sent
 * the same, live or replayed.
 */
public final class EventDispatcher {

    /** The {@code seq} before the first message. */
    private static final long BEGINNING = 0;

    private final List<EventRenderer> renderers;
    private final List<ConversationChangeListener> changes;
    private final Consumer<RuntimeException> onFailure;

    /** @param onFailure is given what a renderer or a listener fails with; unless it throws, the others go on */
    public EventDispatcher(
            List<EventRenderer> renderers,
            List<? extends ConversationChangeListener> changes,
            Consumer<RuntimeException> onFailure) {
        this.renderers = List.copyOf(renderers);
        this.changes = List.copyOf(changes);
        this.onFailure = onFailure;
    }

    public void dispatch(ConversationEvent event, EventContext context) {
        if (event instanceof MessageCreated created) {
            messageCreated(created, context);
        } else if (event instanceof MessageChange change) {
            render(renderer -> renderer.messageChanged(change, context));
        } else if (event instanceof MessageHidden hidden) {
            render(renderer -> renderer.messageHidden(hidden, context));
        } else if (event instanceof ReceiptRead read) {
            // An answer about the reader that is under way may be older than the count that the renderers send.
            notifyChanges(listener -> listener.read(read));
            render(renderer -> renderer.messagesRead(read, context));
        } else if (event instanceof ReceiptDelivered delivered) {
            notifyChanges(listener -> listener.delivered(delivered));
            render(renderer -> renderer.messagesDelivered(delivered, context));
        } else if (event instanceof ConversationAdvanced advanced) {
            notifyChanges(
                    listener -> listener.changed(advanced.tenantId(), advanced.conversationId(), null));
        } else if (event instanceof ConversationUpdated updated) {
            notifyChanges(listener ->
                    listener.changed(updated.tenantId(), updated.conversationId(), updated.userId()));
        } else if (event instanceof ConversationCreated created) {
            List<String> userIds = created.participants().stream()
                    .map(participant -> participant.user().id())
                    .toList();
            open(created.tenantId(), created.conversationId(), userIds, context);
        } else if (event instanceof ConversationReturned returned) {
            open(returned.tenantId(), returned.conversationId(), returned.userIds(), context);
        } else if (event instanceof ConversationDeleted deleted) {
            render(renderer -> renderer.conversationDeleted(deleted, context));
            if (deleted.userId() == null) {
                context.members().close(deleted.tenantId(), deleted.conversationId());
            }
        }
    }

    private void messageCreated(MessageCreated created, EventContext context) {
        created.message()
                .notice()
                .ifPresentOrElse(
                        notice -> noticeCreated(created, notice, context),
                        () -> render(renderer -> renderer.messageCreated(created, context)));
    }

    private void noticeCreated(MessageCreated created, Block.Notice notice, EventContext context) {
        MessageSnapshot message = created.message();
        String conversationId = message.conversationId();
        List<UserKey> users = notice.members().stream()
                .map(member -> new UserKey(message.tenantId(), member.user().id()))
                .toList();
        switch (notice.kind()) {
            case MEMBERS_ADDED -> {
                users.forEach(user -> context.members().add(user, conversationId, message.seq()));
                render(renderer -> renderer.messageCreated(created, context));
                render(renderer -> renderer.membersAdded(message, notice, context));
                notifyChanges(listener -> listener.opened(message.tenantId(), conversationId, ids(users)));
            }
            case MEMBER_REMOVED, MEMBER_LEFT -> {
                render(renderer -> renderer.messageCreated(created, context));
                render(renderer -> renderer.membersRemoved(message, notice, context));
                users.forEach(user -> context.members().remove(user, conversationId, message.seq()));
            }
            case ROLE_CHANGED -> render(renderer -> renderer.messageCreated(created, context));
        }
    }

    private void open(String tenantId, String conversationId, List<String> userIds, EventContext context) {
        userIds.forEach(userId -> context.members().add(new UserKey(tenantId, userId), conversationId, BEGINNING));
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
