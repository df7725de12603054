package dev.parley.message.notice;

import dev.parley.events.Block;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.message.access.AccessChanges;
import dev.parley.message.timeline.Draft;
import dev.parley.message.timeline.Message;
import dev.parley.message.timeline.Timeline;
import dev.parley.platform.id.Ids;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives changes of the membership their place among the messages. Whether a change is allowed was decided before. */
@Component
public final class Notices {

    private final Timeline timeline;
    private final AccessChanges accessChanges;

    Notices(Timeline timeline, AccessChanges accessChanges) {
        this.timeline = timeline;
        this.accessChanges = accessChanges;
    }

    /**
     * Puts a notice at the end of a conversation.
     *
     * @param key what the conversation calls the change: the same key gives the same notice again
     * @param actor who made the change
     * @return the stored notice; fails as {@link Timeline#append} does
     */
    public Mono<Message> append(
            String conversationId, String tenantId, String key, UserSummary actor, Block.Notice notice) {
        Draft draft = new Draft(
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
