package dev.parley.message.chatcore;

import dev.parley.message.MessageSettings;
import dev.parley.message.access.Access;
import dev.parley.message.access.ConversationAccess;
import dev.parley.message.send.Sending;
import dev.parley.message.timeline.History;
import dev.parley.platform.page.CursorPage;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.MessageView;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The messages of a conversation for chat-core clients. */
@RestController
@RequestMapping("/api/v1/conversations/{conversationId}/messages")
class MessageController {

    private final ConversationAccess conversations;
    private final Sending sending;
    private final History history;
    private final MessageViews views;
    private final MessageSettings settings;

    MessageController(
            ConversationAccess conversations,
            Sending sending,
            History history,
            MessageViews views,
            MessageSettings settings) {
        this.conversations = conversations;
        this.sending = sending;
        this.history = history;
        this.views = views;
        this.settings = settings;
    }

    /** The body comes as it was written, because what the sender encrypted is relayed so. */
    @PostMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, "application/*+json"})
    @ResponseStatus(HttpStatus.CREATED)
    Mono<MessageView> send(@PathVariable String conversationId, @RequestBody String body, Caller caller) {
        SendRequest request = SendRequest.read(body, settings);
        return sending.send(caller, conversationId, request.blocks(), request.replyTo(), request.tempId())
                .map(message -> MessageView.of(message.snapshot(caller.summary()), message.clientId()));
    }

    @GetMapping
    Mono<CursorPage<MessageView>> list(
            @PathVariable String conversationId, @RequestParam MultiValueMap<String, String> query, Caller caller) {
        HistoryQuery asked = HistoryQuery.of(query);
        return conversations.of(caller, conversationId).flatMap(access -> history.read(
                        access, asked.place(), asked.direction(), asked.limit())
                .flatMap(stretch ->
                        views.of(stretch.messages(), caller).map(page -> page(page, stretch, access, asked))));
    }

    private static CursorPage<MessageView> page(
            List<MessageView> views, History.Stretch stretch, Access access, HistoryQuery asked) {
        if (views.isEmpty()) {
            return new CursorPage<>(views, new CursorPage.Meta(null, null, false, asked.limit()));
        }
        long newest = views.get(0).seq();
        long oldest = views.get(views.size() - 1).seq();
        boolean older = asked.direction() == History.Direction.AFTER
                ? access.windows().before(oldest).isPresent()
                : stretch.hasMore();
        return new CursorPage<>(
                views,
                new CursorPage.Meta(
                        older ? Cursor.of(oldest) : null, Cursor.of(newest), stretch.hasMore(), asked.limit()));
    }
}
