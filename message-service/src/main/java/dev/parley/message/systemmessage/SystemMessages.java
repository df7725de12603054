package dev.parley.message.systemmessage;

import dev.parley.events.Block;
import dev.parley.events.UserSummary;
import dev.parley.message.access.RecentAccessChanges;
import dev.parley.message.messagelog.MessageLog;
import dev.parley.message.messagelog.NewMessage;
import dev.parley.message.store.Message;
import dev.parley.platform.event.PendingEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Appends the messages by which the platform tells of changes of the membership. conversation-service has decided before
 * that the change is allowed.
 */
@Component
public final class SystemMessages {

    private final MessageLog messages;
    private final RecentAccessChanges accessChanges;

    SystemMessages(MessageLog messages, RecentAccessChanges accessChanges) {
        this.messages = messages;
        this.accessChanges = accessChanges;
    }

    /**
     * Appends a system message to a conversation.
     *
     * @param key what conversation-service calls the change: the same key gives the same message again
     * @param actor who made the change
     * @param creation the event of the conversation's creation, if it may not be published yet
     * @return the stored message; fails as {@link MessageLog#append} does
     */
    public Mono<Message> append(
            String conversationId,
            String tenantId,
            String key,
            UserSummary actor,
            Block.Notice notice,
            @Nullable PendingEvent creation) {
        return messages.append(NewMessage.system(tenantId, conversationId, key, actor, notice, creation))
                .doOnNext(stored -> accessChanges.noteMembersOf(conversationId, notice));
    }
}
