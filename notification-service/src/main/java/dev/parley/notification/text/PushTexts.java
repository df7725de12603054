package dev.parley.notification.text;

import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReplyReference;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Says what pushes show. In a direct conversation the title is the other user's name, in a group the group's, and the text names
 * who wrote. Where the content may not be seen, or is encrypted, the text says only that there is something.
 */
@Component
public final class PushTexts {

    /** Code points. */
    private static final int MAX_TITLE = 80;

    /** Code points of a name within a text, so that there is room for the rest. */
    private static final int MAX_NAME = 40;

    /** Code points. What all providers take at most are 4 KB, for the text together with the data. */
    private static final int MAX_BODY = 240;

    private final Languages languages;

    PushTexts(Languages languages) {
        this.languages = languages;
    }

    /** A message for a recipient. */
    public PushText message(Occasion occasion, MessageSnapshot message, String recipientId) {
        Phrases phrases = languages.of(occasion.language());
        return text(
                occasion,
                phrases,
                shown(occasion, message, phrases)
                        .map(shown -> line(occasion, message, recipientId, shown, phrases))
                        .orElseGet(() -> phrases.say(Phrase.MESSAGE_PRIVATE)));
    }

    private static String line(
            Occasion occasion, MessageSnapshot message, String recipientId, String shown, Phrases phrases) {
        ReplyReference quoted = message.replyTo();
        if (quoted == null) {
            return occasion.direct() ? shown : phrases.say(Phrase.MESSAGE_GROUP, actor(occasion, phrases), shown);
        }
        boolean toYou = recipientId.equals(quoted.senderId());
        return occasion.direct()
                ? phrases.say(toYou ? Phrase.REPLY_DIRECT_TO_YOU : Phrase.REPLY_DIRECT, shown)
                : phrases.say(toYou ? Phrase.REPLY_GROUP_TO_YOU : Phrase.REPLY_GROUP, actor(occasion, phrases), shown);
    }

    /** A message of a group that names the recipient. */
    public PushText mention(Occasion occasion, MessageSnapshot message) {
        Phrases phrases = languages.of(occasion.language());
        return text(
                occasion,
                phrases,
                shown(occasion, message, phrases)
                        .map(shown -> phrases.say(Phrase.MENTION, actor(occasion, phrases), shown))
                        .orElseGet(() -> phrases.say(Phrase.MENTION_PRIVATE)));
    }

    /** A reaction to a message of the recipient. */
    public PushText reaction(Occasion occasion, MessageSnapshot message, String emoji) {
        Phrases phrases = languages.of(occasion.language());
        return text(
                occasion,
                phrases,
                shown(occasion, message, phrases)
                        .map(shown -> occasion.direct()
                                ? phrases.say(Phrase.REACTION_DIRECT, emoji, shown)
                                : phrases.say(Phrase.REACTION_GROUP, actor(occasion, phrases), emoji, shown))
                        .orElseGet(() -> phrases.say(Phrase.REACTION_PRIVATE)));
    }

    /** The recipient was added to a group. */
    public PushText added(Occasion occasion) {
        Phrases phrases = languages.of(occasion.language());
        return text(occasion, phrases, phrases.say(Phrase.ADDED, actor(occasion, phrases)));
    }

    private static Optional<String> shown(Occasion occasion, MessageSnapshot message, Phrases phrases) {
        return occasion.preview() ? MessageSummary.of(message, phrases).map(OneLine::isolated) : Optional.empty();
    }

    private static PushText text(Occasion occasion, Phrases phrases, String body) {
        return new PushText(OneLine.cut(title(occasion, phrases), MAX_TITLE), OneLine.cut(body, MAX_BODY));
    }

    private static String title(Occasion occasion, Phrases phrases) {
        if (occasion.direct()) {
            return name(occasion, phrases);
        }
        String group = occasion.conversation();
        return group == null || group.isBlank() ? phrases.say(Phrase.GROUP_UNNAMED) : OneLine.of(group);
    }

    private static String actor(Occasion occasion, Phrases phrases) {
        return OneLine.isolated(OneLine.cut(name(occasion, phrases), MAX_NAME));
    }

    private static String name(Occasion occasion, Phrases phrases) {
        String name = occasion.actor();
        return name == null || name.isBlank() ? phrases.say(Phrase.PERSON_UNKNOWN) : OneLine.of(name);
    }
}
