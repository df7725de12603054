package dev.parley.message.internal;

import dev.parley.events.Block;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.UserSummary;
import dev.parley.message.history.UnreadRanges;
import dev.parley.message.history.UnreadRanges.UnreadRange;
import dev.parley.message.systemmessage.SystemMessages;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What conversation-service asks of a conversation's timeline, in nobody's name. */
@RestController
@RequestMapping("/internal/platform/conversations/{conversationId}")
class MessageLogController {

    /** @param key the same key gives the same notice */
    record NoticeRequest(String tenantId, String key, UserSummary actor, Block.Notice notice) {
        NoticeRequest {
            Objects.requireNonNull(tenantId, "tenantId");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(actor, "actor");
            Objects.requireNonNull(notice, "notice");
        }
    }

    /** @param messageId up to where it was read; null for the newest */
    record StretchRequest(
            String tenantId, String userId, @Nullable String messageId, long afterSeq) {
        StretchRequest {
            Objects.requireNonNull(tenantId, "tenantId");
            Objects.requireNonNull(userId, "userId");
        }
    }

    private final SystemMessages notices;
    private final UnreadRanges stretches;

    MessageLogController(SystemMessages notices, UnreadRanges stretches) {
        this.notices = notices;
        this.stretches = stretches;
    }

    @PostMapping("/notices")
    Mono<MessageSnapshot> append(@PathVariable String conversationId, @RequestBody NoticeRequest asked) {
        return notices.append(conversationId, asked.tenantId(), asked.key(), asked.actor(), asked.notice())
                .map(message -> message.snapshot(asked.actor()));
    }

    @PostMapping("/stretch")
    Mono<UnreadRange> stretch(@PathVariable String conversationId, @RequestBody StretchRequest asked) {
        return stretches.between(conversationId, asked.tenantId(), asked.userId(), asked.afterSeq(), asked.messageId());
    }
}
