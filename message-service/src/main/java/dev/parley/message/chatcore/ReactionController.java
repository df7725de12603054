package dev.parley.message.chatcore;

import dev.parley.message.MessageSettings;
import dev.parley.message.reaction.Reactions;
import dev.parley.platform.json.Fields;
import dev.parley.platform.security.Caller;
import dev.parley.platform.text.Emoji;
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

    private static final String EMOJI = "emoji";

    /** What a reaction could be before it had to be an emoji: those that were stored then can still be removed. */
    private static final Pattern EARLIER_REACTION = Pattern.compile("[^\\s\\p{Cntrl}/]+");

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
        Fields fields = Fields.of(body);
        String emoji = fields.writtenText(EMOJI, settings.maxEmojiLength());
        if (!Emoji.isOne(emoji)) {
            fields.reject(EMOJI, "format", "must be one emoji and nothing else");
        }
        fields.verify();
        return reactions.add(caller, messageId, emoji).flatMap(message -> views.of(message, caller));
    }

    @DeleteMapping("/{emoji}")
    Mono<MessageView> remove(@PathVariable String messageId, @PathVariable String emoji, Caller caller) {
        Fields fields = Fields.of(json.valueToTree(Map.of(EMOJI, emoji)));
        String checked = fields.text(EMOJI, 1, settings.maxEmojiLength(), EARLIER_REACTION, "must be one emoji");
        fields.verify();
        return reactions.remove(caller, messageId, checked).flatMap(message -> views.of(message, caller));
    }
}
