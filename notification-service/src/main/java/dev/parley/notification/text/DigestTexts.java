package dev.parley.notification.text;

import dev.parley.notification.text.DigestFacts.Conversation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** Says what e-mails about unread messages and their pages show. Whatever users wrote is escaped where it stands in HTML. */
@Component
public final class DigestTexts {

    private static final int MAX_SENDERS = 3;

    /** Code points. */
    private static final int MAX_NAME = 80;

    private final Languages languages;

    DigestTexts(Languages languages) {
        this.languages = languages;
        // It reads a file the first time, which a thread of requests may not.
        escaped("");
    }

    /** The language in which something is said to somebody who asks for this one. */
    public String language(@Nullable String wanted) {
        return languages.tagOf(wanted);
    }

    public DigestText email(DigestFacts facts) {
        Phrases phrases = languages.of(facts.language());
        String subject = phrases.say(Phrase.DIGEST_SUBJECT, facts.messages());
        return new DigestText(subject, plain(facts, phrases), html(facts, subject, phrases));
    }

    private static String plain(DigestFacts facts, Phrases phrases) {
        List<String> lines = new ArrayList<>(List.of(phrases.say(Phrase.DIGEST_INTRO), ""));
        for (Conversation conversation : facts.conversations()) {
            lines.add(line(conversation, phrases));
            lines.add("  " + conversation.link());
        }
        if (facts.moreConversations() > 0) {
            lines.add(phrases.say(Phrase.DIGEST_MORE, facts.moreConversations()));
        }
        lines.add("");
        lines.add(phrases.say(Phrase.DIGEST_WHY));
        lines.add(phrases.say(Phrase.DIGEST_UNSUBSCRIBE) + ": " + facts.unsubscribeLink());
        return String.join("\r\n", lines) + "\r\n";
    }

    private String html(DigestFacts facts, String subject, Phrases phrases) {
        String items = facts.conversations().stream()
                .map(conversation -> "<li>" + link(conversation.link(), line(conversation, phrases)) + "</li>\n")
                .collect(Collectors.joining());
        String more = facts.moreConversations() > 0
                ? paragraph(phrases.say(Phrase.DIGEST_MORE, facts.moreConversations()))
                : "";
        return document(
                facts.language(),
                subject,
                paragraph(phrases.say(Phrase.DIGEST_INTRO)) + "<ul>\n" + items + "</ul>\n" + more
                        + paragraph(phrases.say(Phrase.DIGEST_WHY)) + "<p>"
                        + link(facts.unsubscribeLink(), phrases.say(Phrase.DIGEST_UNSUBSCRIBE)) + "</p>\n");
    }

    private static String line(Conversation conversation, Phrases phrases) {
        List<String> senders = conversation.senders().stream()
                .limit(MAX_SENDERS)
                .map(DigestTexts::shown)
                .toList();
        String unread =
                phrases.say(Phrase.DIGEST_UNREAD, title(conversation, senders, phrases), conversation.messages());
        if (conversation.direct() || senders.isEmpty()) {
            return unread;
        }
        Phrase from = conversation.senders().size() > MAX_SENDERS ? Phrase.DIGEST_FROM_MORE : Phrase.DIGEST_FROM;
        return unread + ", " + phrases.say(from, String.join(", ", senders));
    }

    private static String title(Conversation conversation, List<String> senders, Phrases phrases) {
        if (conversation.direct()) {
            return senders.isEmpty() ? phrases.say(Phrase.PERSON_UNKNOWN) : senders.get(0);
        }
        String name = conversation.name();
        return name == null || name.isBlank() ? phrases.say(Phrase.GROUP_UNNAMED) : shown(name);
    }

    private static String shown(String name) {
        return OneLine.isolated(OneLine.cut(OneLine.of(name), MAX_NAME));
    }

    /** The page with the button that switches e-mails off. */
    public String question(@Nullable String language) {
        Phrases phrases = languages.of(language);
        return document(
                language,
                phrases.say(Phrase.DIGEST_BUTTON),
                paragraph(phrases.say(Phrase.DIGEST_QUESTION)) + "<form method=\"post\"><button type=\"submit\">"
                        + escaped(phrases.say(Phrase.DIGEST_BUTTON)) + "</button></form>\n");
    }

    /** The page that is shown when they are off. */
    public String done(@Nullable String language) {
        Phrases phrases = languages.of(language);
        return document(language, phrases.say(Phrase.DIGEST_BUTTON), paragraph(phrases.say(Phrase.DIGEST_DONE)));
    }

    private String document(@Nullable String language, String title, String body) {
        return "<!DOCTYPE html>\n<html lang=\"" + escaped(language(language))
                + "\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>"
                + escaped(title) + "</title></head>\n<body>\n" + body + "</body>\n</html>\n";
    }

    private static String paragraph(String text) {
        return "<p>" + escaped(text) + "</p>\n";
    }

    private static String link(String address, String text) {
        return "<a href=\"" + escaped(address) + "\">" + escaped(text) + "</a>";
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
    }
}
