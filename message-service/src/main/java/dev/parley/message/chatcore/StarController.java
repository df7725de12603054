package dev.parley.message.chatcore;

import dev.parley.message.star.Stars;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.MessageView;
import dev.parley.surface.chatcore.Page;
import dev.parley.surface.chatcore.PageQuery;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Marks messages and lists the marked ones for chat-core clients. */
@RestController
@RequestMapping("/api/v1/messages")
class StarController {

    private final Stars stars;
    private final MessageViews views;

    StarController(Stars stars, MessageViews views) {
        this.stars = stars;
        this.views = views;
    }

    @PostMapping("/{messageId}/star")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> star(@PathVariable String messageId, Caller caller) {
        return stars.star(caller, messageId);
    }

    @DeleteMapping("/{messageId}/star")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> unstar(@PathVariable String messageId, Caller caller) {
        return stars.unstar(caller, messageId);
    }

    @GetMapping("/starred")
    Mono<Page<MessageView>> starred(@RequestParam MultiValueMap<String, String> query, Caller caller) {
        PageQuery page = PageQuery.of(query);
        return stars.list(caller, query.getFirst("conversationId"), page.slice())
                .flatMap(found -> views.of(found.items(), caller).map(found::with))
                .map(found -> Page.of(found, page));
    }
}
