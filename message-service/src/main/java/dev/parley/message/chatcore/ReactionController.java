package dev.parley.message.chatcore;

import dev.parley.message.MessageSettings;
import dev.parley.message.reaction.Reactions;
import dev.parley.platform.json.Fields;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.MessageView;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Adds and removes reactions to a message for chat-core clients. */
@RestController
@RequestMapping("/api/v1/messages/{messageId}/reactions")
class ReactionController {

    /** A symbol or its name: without blanks, control characters and slashes, because it must fit into a path. */
    private static final Pattern EMOJI = Pattern.compile("[^\\s\\p{Cntrl}/]+");

    private final Reactions reactions;
    private final MessageViews views;
    private final MessageSettings settings;
    private final JsonMapper json;

    ReactionController(Reactions reactions, MessageViews views, MessageSettings settings, JsonMapper json) {
        this.reactions = reactions;
        this.views = views;
        this.settings = settings;
        this.json = json;
    }

    @PostMapping
    Mono<MessageView> add(@PathVariable String messageId, @RequestBody JsonNode body, Caller caller) {
        return reactions.add(caller, messageId, emoji(body)).flatMap(message -> views.of(message, caller));
    }

    @DeleteMapping("/{emoji}")
    Mono<MessageView> remove(@PathVariable String messageId, @PathVariable String emoji, Caller caller) {
        String checked = emoji(json.valueToTree(Map.of("emoji", emoji)));
        return reactions.remove(caller, messageId, checked).flatMap(message -> views.of(message, caller));
    }

    private String emoji(JsonNode body) {
        Fields fields = Fields.of(body);
        String emoji = fields.text(
                "emoji", 1, settings.maxEmojiLength(), EMOJI, "must be one word without blanks and slashes");
        fields.verify();
        return emoji;
    }
}
