package dev.parley.surface.chatcore;

import dev.parley.events.Reaction;
import java.util.List;

/** Those who reacted in one way to a message. */
public record ReactionView(String emoji, List<String> userIds, int count) {

    static ReactionView of(Reaction reaction) {
        return new ReactionView(
                reaction.emoji(), reaction.userIds(), reaction.userIds().size());
    }
}
