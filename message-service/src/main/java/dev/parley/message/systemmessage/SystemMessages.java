package dev.parley.message.systemmessage;

import dev.parley.events.Block;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.message.access.RecentAccessChanges;
import dev.parley.message.log.MessageLog;
import dev.parley.message.log.NewMessage;
import dev.parley.message.store.Message;
import dev.parley.platform.id.Ids;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives changes of the membership their place among the messages. Whether a change is allowed was decided before. */
@Component
public final class SystemMessages {

    private final MessageLog timeline;
    private final RecentAccessChanges accessChanges;

    SystemMessages(MessageLog timeline, RecentAccessChanges accessChanges) {
        this.timeline = timeline;
        this.accessChanges = accessChanges;
    }

    /**
     * Puts a notice at the end of a conversation.
     *
     * @param key what the conversation calls the change: the same key gives the same notice again
     * @param actor who made the change
     * @return the stored notice; fails as {@link MessageLog#append} does
     */
    public Mono<Message> append(
            String conversationId, String tenantId, String key, UserSummary actor, Block.Notice notice) {
        NewMessage draft = new NewMessage(
                Ids.next(),
                tenantId,
                conversationId,
                actor,
                SenderKind.SYSTEM,
                key,
                null,
                List.of(notice),
                null,
                List.of());
        return timeline.append(draft).doOnNext(stored -> accessChanges.announce(conversationId, notice));
    }
}
