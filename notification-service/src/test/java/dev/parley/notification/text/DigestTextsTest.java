package dev.parley.notification.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.notification.text.DigestFacts.Conversation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What e-mails about unread messages say. */
class DigestTextsTest {

    private static final String LINK = "https://chat.example.org/off?language=en&x=\"";

    private final DigestTexts texts = new DigestTexts(new Languages());

    private static Conversation group(String name, long messages, String... senders) {
        return new Conversation(false, name, List.of(senders), messages, "https://chat.example.org/#/c/g");
    }

    private static DigestFacts facts(String language, int more, Conversation... conversations) {
        return new DigestFacts(language, 3, List.of(conversations), more, LINK);
    }

    @Test
    void nameTheOtherOneOrTheGroupAndThoseWhoWrote() {
        Conversation direct = new Conversation(true, null, List.of("Ann"), 1, "https://chat.example.org/#/c/d");

        String plain = texts.email(facts(
                        null,
                        2,
                        direct,
                        group("Team", 2, "Ann", "Bo"),
                        group(null, 4, "A", "B", "C", "D"),
                        group("X", 1)))
                .plain();

        assertThat(plain.lines())
                .contains(
                        "Ann: one unread message",
                        "Team: 2 unread messages, from Ann, Bo",
                        "Group: 4 unread messages, from A, B, C and others",
                        "X: one unread message",
                        "And 2 more conversations",
                        "No more e-mails: " + LINK);
    }

    @Test
    void escapeWhateverUsersWrote() {
        String html = texts.email(facts("en", 0, group("<img src=x onerror='a'>\n\"&", 1, "<b>Bo</b>")))
                .html();

        assertThat(html)
                .doesNotContain("<img", "<b>", "'a'", "x=\"\"")
                .contains(
                        "&lt;img src=x onerror=&#39;a&#39;&gt; &quot;&amp;", "&lt;b&gt;Bo&lt;/b&gt;", "&amp;x=&quot;");
    }

    @Test
    void areInTheLanguageThatIsAskedForOrInEnglish() {
        assertThat(texts.email(facts("vi-VN", 0)).subject()).isEqualTo("Bạn có 3 tin nhắn chưa đọc");
        assertThat(texts.email(facts("xx", 0)).subject()).isEqualTo("You have 3 unread messages");
        assertThat(texts.language("vi-VN")).isEqualTo("vi");
        assertThat(texts.language("\"><script>")).isEqualTo("en");
        assertThat(texts.question("\"><script>")).contains("<html lang=\"en\">").doesNotContain("<script>");
        assertThat(texts.done("vi")).contains("<html lang=\"vi\">").doesNotContain("<form");
    }
}
