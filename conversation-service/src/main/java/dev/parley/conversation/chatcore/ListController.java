package dev.parley.conversation.chatcore;

import dev.parley.conversation.AnswerTimers;
import dev.parley.conversation.AnswerTimers.Question;
import dev.parley.conversation.list.ConversationList;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.ConversationView;
import dev.parley.surface.chatcore.Page;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The list of conversations for chat-core clients. */
@RestController
class ListController {

    private final ConversationList list;
    private final ConversationViews views;
    private final AnswerTimers timers;

    ListController(ConversationList list, ConversationViews views, AnswerTimers timers) {
        this.list = list;
        this.views = views;
        this.timers = timers;
    }

    @GetMapping("/api/v1/conversations")
    Mono<Page<ConversationView>> list(@RequestParam MultiValueMap<String, String> query, Caller caller) {
        ListParameters asked = new ListParameters(query);
        return timers.time(
                Question.LIST,
                list.of(caller, asked.filter(), asked.page().slice())
                        .flatMap(found -> views.of(found.items()).map(found::with))
                        .map(found -> Page.of(found, asked.page())));
    }
}
