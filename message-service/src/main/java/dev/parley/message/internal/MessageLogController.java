package dev.parley.message.internal;

import dev.parley.events.Block;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReceivedMessage;
import dev.parley.events.UserSummary;
import dev.parley.message.history.UnreadRange;
import dev.parley.message.history.UnreadRange.ReadPosition;
import dev.parley.message.history.UnreadRanges;
import dev.parley.message.systemmessage.SystemMessages;
import dev.parley.platform.event.PendingEvent;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What conversation-service asks about the messages of a conversation, in nobody's name. */
@RestController
@RequestMapping("/internal/platform/conversations/{conversationId}")
class MessageLogController {

    /**
     * @param key the same key gives the same system message
     * @param creation the event of the conversation's creation, if it may not be published yet
     */
    record SystemMessageRequest(
            String tenantId,
            String key,
            UserSummary actor,
            Block.Notice notice,
            @Nullable PendingEvent creation) {
        SystemMessageRequest {
            Objects.requireNonNull(tenantId, "tenantId");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(actor, "actor");
            Objects.requireNonNull(notice, "notice");
        }
    }

    /** @param messageId up to where the user has read now; null for the newest */
    record UnreadRangeRequest(
            String tenantId, String userId, @Nullable String messageId, long afterSeq) {
        UnreadRangeRequest {
            Objects.requireNonNull(tenantId, "tenantId");
            Objects.requireNonNull(userId, "userId");
        }
    }

    record UnreadRangeView(ReadPosition place, List<ReceivedMessage> messages) {
        static UnreadRangeView of(UnreadRange range) {
            return new UnreadRangeView(range.end(), range.messages());
        }
    }

    private final SystemMessages systemMessages;
    private final UnreadRanges unreadRanges;

    MessageLogController(SystemMessages systemMessages, UnreadRanges unreadRanges) {
        this.systemMessages = systemMessages;
        this.unreadRanges = unreadRanges;
    }

    @PostMapping("/notices")
    Mono<MessageSnapshot> append(@PathVariable String conversationId, @RequestBody SystemMessageRequest asked) {
        return systemMessages
                .append(conversationId, asked.tenantId(), asked.key(), asked.actor(), asked.notice(), asked.creation())
                .map(message -> message.snapshot(asked.actor()));
    }

    @PostMapping("/stretch")
    Mono<UnreadRangeView> unreadRange(@PathVariable String conversationId, @RequestBody UnreadRangeRequest asked) {
        return unreadRanges
                .find(conversationId, asked.tenantId(), asked.userId(), asked.afterSeq(), asked.messageId())
                .map(UnreadRangeView::of);
    }
}
