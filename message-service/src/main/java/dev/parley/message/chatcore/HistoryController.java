package dev.parley.message.chatcore;

import dev.parley.message.access.ConversationAccess;
import dev.parley.message.access.MemberAccess;
import dev.parley.message.history.MessageHistory;
import dev.parley.message.history.MessageRange;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.CursorPage;
import dev.parley.surface.chatcore.MessageView;
import java.util.List;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Pages through the messages of a conversation for chat-core clients. */
@RestController
class HistoryController {

    private final ConversationAccess conversations;
    private final MessageHistory history;
    private final MessageViews views;

    HistoryController(ConversationAccess conversations, MessageHistory history, MessageViews views) {
        this.conversations = conversations;
        this.history = history;
        this.views = views;
    }

    @GetMapping("/api/v1/conversations/{conversationId}/messages")
    Mono<CursorPage<MessageView>> list(
            @PathVariable String conversationId, @RequestParam MultiValueMap<String, String> query, Caller caller) {
        HistoryQuery asked = HistoryQuery.of(query);
        return conversations.of(caller, conversationId).flatMap(access -> read(access, asked, caller)
                .flatMap(range -> views.of(range.messages(), caller).map(shown -> page(shown, range, asked.limit()))));
    }

    private Mono<MessageRange> read(MemberAccess access, HistoryQuery asked, Caller caller) {
        String around = asked.around();
        if (around == null) {
            return history.read(access, asked.from(), asked.direction(), asked.limit());
        }
        return history.around(access, caller.tenantId(), around, asked.limit());
    }

    private static CursorPage<MessageView> page(List<MessageView> views, MessageRange range, int limit) {
        if (views.isEmpty()) {
            return new CursorPage<>(views, new CursorPage.Meta(null, null, false, limit));
        }
        String older = range.hasOlder() ? Cursor.of(views.get(views.size() - 1).seq()) : null;
        String newer = Cursor.of(views.get(0).seq());
        return new CursorPage<>(views, new CursorPage.Meta(older, newer, range.hasMore(), limit));
    }
}
