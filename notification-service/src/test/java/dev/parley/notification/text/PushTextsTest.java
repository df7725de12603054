package dev.parley.notification.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.Block.Media;
import dev.parley.events.Block.MediaKind;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.QuoteState;
import dev.parley.events.ReplyReference;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.platform.text.TextLength;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pushes show. */
class PushTextsTest {

    private static final String ME = "me";
    private static final Occasion DIRECT = new Occasion("en", true, null, "Bob", true);
    private static final Occasion GROUP = new Occasion("en", false, "Team", "Bob", true);

    private final PushTexts texts = new PushTexts(new Languages());

    @Test
    void aDirectMessageIsTitledByItsSender() {
        assertThat(texts.message(DIRECT, text("Hello"), ME)).isEqualTo(new PushText("Bob", "Hello"));
    }

    @Test
    void aMessageOfAGroupIsTitledByTheGroupAndNamesItsSender() {
        assertThat(texts.message(GROUP, text("Hello"), ME)).isEqualTo(new PushText("Team", "Bob: Hello"));
    }

    @Test
    void aGroupOrPersonWithoutANameIsCalledSomething() {
        Occasion nameless = new Occasion("en", false, null, null, true);

        assertThat(texts.message(nameless, text("Hello"), ME)).isEqualTo(new PushText("Group", "Someone: Hello"));
    }

    @Test
    void aMentionSaysSo() {
        assertThat(texts.mention(GROUP, text("Look @me")))
                .isEqualTo(new PushText("Team", "Bob mentioned you: Look @me"));
    }

    @Test
    void anAnswerSaysWhetherItIsToTheRecipient() {
        assertThat(texts.message(DIRECT, reply(ME, "Yes"), ME).body()).isEqualTo("Replied to you: Yes");
        assertThat(texts.message(DIRECT, reply("bob", "Yes"), ME).body()).isEqualTo("Replied: Yes");
        assertThat(texts.message(GROUP, reply(ME, "Yes"), ME).body()).isEqualTo("Bob replied to you: Yes");
        assertThat(texts.message(GROUP, reply("bob", "Yes"), ME).body()).isEqualTo("Bob replied: Yes");
    }

    @Test
    void aReactionShowsWhatItIsTo() {
        assertThat(texts.reaction(DIRECT, text("Hello"), "👍")).isEqualTo(new PushText("Bob", "Reacted 👍 to: Hello"));
        assertThat(texts.reaction(GROUP, file(MediaKind.IMAGE, null), "👍"))
                .isEqualTo(new PushText("Team", "Bob reacted 👍 to: 📷 Photo"));
    }

    @Test
    void whoWasAddedToAGroupReadsByWhom() {
        assertThat(texts.added(GROUP)).isEqualTo(new PushText("Team", "Bob added you to the group"));
    }

    @Test
    void filesAreNamedByTheirKind() {
        assertThat(body(file(MediaKind.IMAGE, null))).isEqualTo("📷 Photo");
        assertThat(body(file(MediaKind.VIDEO, null))).isEqualTo("🎥 Video");
        assertThat(body(file(MediaKind.VIDEO, 61.6))).isEqualTo("🎥 Video (1:02)");
        assertThat(body(file(MediaKind.AUDIO, null))).isEqualTo("🎤 Voice message");
        assertThat(body(file(MediaKind.AUDIO, 7.2))).isEqualTo("🎤 Voice message (0:07)");
        assertThat(body(file(MediaKind.FILE, null))).isEqualTo("📎 {0} paper.pdf");
        assertThat(body(file(MediaKind.of("HOLOGRAM"), null))).isEqualTo("📎 {0} paper.pdf");
    }

    @Test
    void severalFilesAreCounted() {
        assertThat(body(message(null, media(MediaKind.IMAGE, null), media(MediaKind.IMAGE, null))))
                .isEqualTo("📷 2 photos");
        assertThat(body(message(null, media(MediaKind.IMAGE, null), media(MediaKind.FILE, null))))
                .isEqualTo("📎 2 files");
        assertThat(body(message(null, media(MediaKind.AUDIO, 1.0), media(MediaKind.AUDIO, 2.0))))
                .isEqualTo("📎 2 files");
    }

    @Test
    void theTextOfAFileStandsBehindTheSignOfItsKind() {
        assertThat(body(message(null, media(MediaKind.IMAGE, null), Block.Text.plain("The sea"))))
                .isEqualTo("📷 The sea");
    }

    @Test
    void markupIsNotShown() {
        Block bold = new Block.Text(Block.Format.MARKDOWN, "**Hello** [here](https://x.example)", "Hello here");

        assertThat(body(message(null, bold))).isEqualTo("Hello here");
    }

    @Test
    void aBlockOfALaterVersionIsShownByItsText() {
        assertThat(body(message(null, new Block.Unknown("poll", Map.of("plainText", "Lunch?")))))
                .isEqualTo("Lunch?");
        assertThat(body(message(null, new Block.Unknown("poll", Map.of())))).isEqualTo("New message");
    }

    @Test
    void lineEndsAndRunsOfSpacesBecomeOneSpace() {
        assertThat(body(text("  one\n\n\ttwo\u2003three \r\n"))).isEqualTo("one two three");
    }

    @Test
    void encryptedContentIsNeverShown() {
        for (Block closed : List.of(new Block.Encrypted("{\"c\":1}"), new Block.Sealed("key", "c2VjcmV0", null))) {
            MessageSnapshot message = message(null, closed);
            assertThat(texts.message(DIRECT, message, ME)).isEqualTo(new PushText("Bob", "New message"));
            assertThat(texts.message(GROUP, message, ME)).isEqualTo(new PushText("Team", "New message"));
            assertThat(texts.mention(GROUP, message)).isEqualTo(new PushText("Team", "You were mentioned"));
            assertThat(texts.reaction(DIRECT, message, "👍")).isEqualTo(new PushText("Bob", "New reaction"));
        }
    }

    @Test
    void withoutPreviewNothingOfTheContentIsShown() {
        Occasion closed = new Occasion("en", true, null, "Bob", false);

        assertThat(texts.message(closed, reply(ME, "secret"), ME)).isEqualTo(new PushText("Bob", "New message"));
        assertThat(texts.mention(closed, text("secret")).body()).isEqualTo("You were mentioned");
        assertThat(texts.reaction(closed, text("secret"), "👍").body()).isEqualTo("New reaction");
        assertThat(texts.message(closed, file(MediaKind.FILE, null), ME).body()).isEqualTo("New message");
    }

    @Test
    void aLongTextIsCutWhereACharacterEnds() {
        String family = "👨‍👩‍👧‍👦";

        String body = body(text(family.repeat(60)));

        assertThat(TextLength.of(body)).isLessThanOrEqualTo(240);
        assertThat(body).isEqualTo(family.repeat(34) + "…");
        assertThat(body(text("a".repeat(100_000)))).isEqualTo("a".repeat(239) + "…");
        assertThat(body(text("a".repeat(240)))).isEqualTo("a".repeat(240));
    }

    @Test
    void aLongNameLeavesRoomForTheText() {
        Occasion longNames = new Occasion("en", false, "g".repeat(200), "n".repeat(200), true);

        assertThat(texts.message(longNames, text("Hello"), ME))
                .isEqualTo(new PushText("g".repeat(79) + "…", "n".repeat(39) + "…: Hello"));
    }

    @Test
    void whatIsWrittenFromRightToLeftDoesNotTurnTheRest() {
        Occasion hebrew = new Occasion("en", false, "Team", "שלום", true);

        assertThat(texts.message(hebrew, text("مرحبا"), ME).body()).isEqualTo("\u2068שלום\u2069: \u2068مرحبا\u2069");
    }

    @Test
    void bracesAndApostrophesAreShownAsTheyWereWritten() {
        assertThat(body(text("it's {0} and '{1}'"))).isEqualTo("it's {0} and '{1}'");
        assertThat(texts.message(GROUP, text("it's {0}"), ME).body()).isEqualTo("Bob: it's {0}");
    }

    @ParameterizedTest
    @CsvSource({
        "vi, Tin nhắn mới",
        "vi-VN, Tin nhắn mới",
        "vi_VN, Tin nhắn mới",
        "VI, Tin nhắn mới",
        "vi-Latn-VN-u-ca-gregory, Tin nhắn mới",
        "en-GB, New message",
        "de, New message",
        "vie-nam-ese-is-no-tag-at-all, New message",
        "'-', New message",
        ", New message"
    })
    void aDeviceReadsItsLanguageOrTheNearest(@Nullable String language, String body) {
        Occasion closed = new Occasion(language, true, null, "Bob", false);

        assertThat(texts.message(closed, text("secret"), ME).body()).isEqualTo(body);
    }

    private String body(MessageSnapshot message) {
        return texts.message(DIRECT, message, ME).body();
    }

    private static MessageSnapshot text(String text) {
        return message(null, Block.Text.plain(text));
    }

    private static MessageSnapshot file(MediaKind kind, @Nullable Double duration) {
        return message(null, media(kind, duration));
    }

    private static Media media(MediaKind kind, @Nullable Double duration) {
        return Media.elsewhere(kind, "f", "https://x.example/f", null, "{0} paper.pdf", "x/y", 1, null, null, duration);
    }

    private static MessageSnapshot reply(String toUser, String text) {
        return message(new ReplyReference("m0", "name", "before", 1L, toUser, QuoteState.TEXT), Block.Text.plain(text));
    }

    private static MessageSnapshot message(@Nullable ReplyReference quoted, Block... blocks) {
        UserSummary bob = new UserSummary("bob", "bob", "Bob", null);
        return new MessageSnapshot(
                "m",
                "t",
                "c",
                2,
                2,
                1,
                bob,
                SenderKind.USER,
                null,
                List.of(blocks),
                quoted,
                List.of(),
                Instant.EPOCH,
                null);
    }
}
