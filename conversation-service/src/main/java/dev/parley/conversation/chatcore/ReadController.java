package dev.parley.conversation.chatcore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.conversation.AnswerTimers;
import dev.parley.conversation.AnswerTimers.Question;
import dev.parley.conversation.access.Action;
import dev.parley.conversation.access.ConversationAccess;
import dev.parley.conversation.readpointer.MarkRead;
import dev.parley.conversation.unread.UnreadSummary;
import dev.parley.conversation.unread.UnreadSummary.Count;
import dev.parley.platform.json.Fields;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What chat-core clients have read. */
@RestController
@RequestMapping("/api/v1/conversations")
class ReadController {

    private static final int MAX_ID = 128;

    record UnreadView(long totalUnread, List<Count> byConversation) {}

    /** Nulls while nothing was read. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record LastRead(
            @Nullable String lastReadMessageId, @Nullable Instant lastReadAt) {}

    private final ConversationAccess access;
    private final MarkRead markRead;
    private final UnreadSummary unread;
    private final AnswerTimers timers;

    ReadController(ConversationAccess access, MarkRead markRead, UnreadSummary unread, AnswerTimers timers) {
        this.access = access;
        this.markRead = markRead;
        this.unread = unread;
        this.timers = timers;
    }

    @PostMapping("/{conversationId}/read")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> read(
            @PathVariable String conversationId,
            @RequestBody(required = false) @Nullable JsonNode body,
            Caller caller) {
        String messageId = null;
        if (body != null) {
            Fields fields = Fields.of(body);
            messageId = fields.optionalText("messageId", 1, MAX_ID);
            fields.verify();
        }
        return markRead.upTo(caller, conversationId, messageId);
    }

    @GetMapping("/unread")
    Mono<UnreadView> unread(Caller caller) {
        return timers.time(Question.UNREAD, unread.of(caller))
                .map(counts -> new UnreadView(
                        counts.stream().mapToLong(Count::unreadCount).sum(), counts));
    }

    @GetMapping("/{conversationId}/unread")
    Mono<Count> unread(@PathVariable String conversationId, Caller caller) {
        return access.requireUpToDate(caller, conversationId, Action.READ)
                .map(member -> new Count(conversationId, member.unreadCount()));
    }

    @GetMapping("/{conversationId}/last-read")
    Mono<LastRead> lastRead(@PathVariable String conversationId, Caller caller) {
        return access.require(caller, conversationId, Action.READ)
                .map(member -> member.membership().reading())
                .map(reading -> new LastRead(reading.readMessageId(), reading.readAt()));
    }
}
