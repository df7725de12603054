package dev.parley.surface.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.Block.MediaKind;
import dev.parley.events.ConversationKind;
import dev.parley.events.MessageRevision;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import dev.parley.events.Pin;
import dev.parley.events.QuoteState;
import dev.parley.events.Reaction;
import dev.parley.events.ReplyReference;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.json.JsonAutoConfiguration;
import dev.parley.platform.test.TestFileUrls;
import dev.parley.surface.chatcore.ConversationView.Members;
import dev.parley.surface.chatcore.ConversationView.Personal;
import dev.parley.surface.chatcore.ConversationView.Profile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

/** The views as clients get them, member for member and in the same order as was recorded. */
class ViewJsonTest {

    private static final FileUrls FILES = TestFileUrls.URLS;

    private static final UserSummary ANN = new UserSummary("u-ann", "ann", "Ann", "https://example.org/ann.png");
    private static final UserSummary BOB = new UserSummary("u-bob", "bob", "Bob", null);
    private static final Instant SENT = Instant.parse("2026-03-01T10:00:00.123Z");
    private static final Instant LATER = Instant.parse("2026-03-01T11:30:00Z");

    @Test
    void aMessageWithAllThatItCanHave() {
        Block image = Block.Media.elsewhere(
                MediaKind.IMAGE,
                "f-1",
                "https://example.org/1.png",
                "https://example.org/1s.png",
                "1.png",
                "image/png",
                1234,
                640,
                480,
                null);
        Block audio = Block.Media.elsewhere(
                MediaKind.AUDIO, "f-2", "https://example.org/2.ogg", null, "2.ogg", "audio/ogg", 99, null, null, 2.5);
        Block document = Block.Media.elsewhere(
                MediaKind.FILE,
                "f-3",
                "https://example.org/3.pdf",
                null,
                "3.pdf",
                "application/pdf",
                5,
                null,
                null,
                null);
        MessageRevision changes = new MessageRevision(
                4,
                LATER,
                LATER,
                null,
                List.of(new Reaction("\uD83D\uDC4D", List.of("u-bob", "u-ann"))),
                new Pin("u-bob", LATER));
        MessageSnapshot message = message(
                ANN,
                List.of(Block.Text.plain("Hello @bob"), image, audio, document),
                new ReplyReference("m-0", "Bob", "Before", 41L, "u-bob", QuoteState.TEXT),
                List.of("u-bob"),
                changes);
        DeliveryView delivery = new DeliveryView("read", List.of(new ReadByView("u-bob", LATER)));

        assertRecorded("message-full", MessageView.of(message, "temp-1", true, delivery, FILES));
    }

    @Test
    void aMessageWithFilesThatThePlatformKeeps() {
        Block film = Block.Media.kept(MediaKind.VIDEO, "f-1", "1.mp4", "video/mp4", 1234)
                .with(640, 480, 2.5, null, true);
        Block song = Block.Media.kept(MediaKind.AUDIO, "f-2", "2.ogg", "audio/ogg", 99)
                .with(null, null, 1.5, List.of(0.0, 0.25, 1.0), false);
        Block document = Block.Media.kept(MediaKind.FILE, "f-3", "3.pdf", "application/pdf", 5);

        assertRecorded(
                "message-files",
                MessageView.of(message(BOB, List.of(film, song, document), null, List.of(), null), null, FILES));
    }

    @Test
    void aMessageWithNothingBeyondItsText() {
        MessageSnapshot message = message(BOB, List.of(Block.Text.plain("Hi")), null, List.of(), null);

        assertRecorded("message-plain", MessageView.of(message, null, FILES));
    }

    @Test
    void aMessageThatItsSenderEncrypted() {
        MessageSnapshot message =
                message(BOB, List.of(new Block.Encrypted("{\"iv\":\"x\",\"n\":[1,2]}")), null, List.of(), null);

        assertRecorded("message-encrypted", MessageView.of(message, "temp-2", FILES));
    }

    @Test
    void aPictureOfThePlatformHasASignedAddress() {
        UserSummary ann = new UserSummary("u-ann", "ann", "Ann", null, "f-ann");

        assertThat(MessageView.of(message(ann, List.of(), null, List.of(), null), null, FILES)
                        .sender()
                        .avatarUrl())
                .isEqualTo(FILES.ofPicture("f-ann"));
        assertThat(ParticipantView.of(new Participant(ann, Role.ADMIN, SENT), FILES)
                        .user()
                        .avatarUrl())
                .isEqualTo(FILES.ofPicture("f-ann"));
    }

    @Test
    void aTombstone() {
        MessageRevision changes = new MessageRevision(2, LATER, null, LATER, List.of(), null);

        assertRecorded(
                "message-deleted", MessageView.of(message(BOB, List.of(), null, List.of(), changes), null, FILES));
    }

    @Test
    void aGroupWithAllThatItCanHave() {
        MessageSnapshot last = message(BOB, List.of(Block.Text.plain("Hi")), null, List.of(), null);

        assertRecorded(
                "conversation-full",
                ConversationView.of(
                        new Profile(
                                "c-1",
                                "acme",
                                ConversationKind.GROUP,
                                "Team",
                                "All of us",
                                "https://example.org/icon.png",
                                settings(true),
                                "u-ann",
                                SENT,
                                LATER,
                                "server"),
                        new Members(
                                List.of(
                                        ParticipantView.of(new Participant(ANN, Role.ADMIN, SENT), FILES),
                                        ParticipantView.of(new Participant(BOB, Role.MEMBER, LATER), FILES)),
                                3,
                                true),
                        new Personal("admin", true, 3, true, true, LATER),
                        MessageView.of(last, null, FILES)));
    }

    @Test
    void aDirectConversationWithNothingInIt() {
        assertRecorded(
                "conversation-plain",
                ConversationView.of(
                        new Profile(
                                "c-2",
                                "acme",
                                ConversationKind.DIRECT,
                                null,
                                null,
                                null,
                                settings(false),
                                "u-bob",
                                SENT,
                                SENT,
                                "none"),
                        new Members(
                                List.of(ParticipantView.of(new Participant(BOB, Role.MEMBER, LATER), FILES)), 1, false),
                        new Personal("member", false, 0, false, false, null),
                        null));
    }

    private static SettingsView settings(boolean strict) {
        return new SettingsView(strict, strict, strict, new SettingsView.MessageConfig(900, 1800));
    }

    private static MessageSnapshot message(
            UserSummary sender,
            List<Block> blocks,
            @Nullable ReplyReference replyTo,
            List<String> mentions,
            @Nullable MessageRevision changes) {
        return new MessageSnapshot(
                "m-1",
                "acme",
                "c-1",
                42,
                40,
                7,
                sender,
                SenderKind.USER,
                null,
                blocks,
                replyTo,
                mentions,
                SENT,
                changes);
    }

    private static void assertRecorded(String name, Object view) {
        try (InputStream recorded = ViewJsonTest.class.getResourceAsStream("/chatcore/" + name + ".json")) {
            String expected = recorded == null ? "" : new String(recorded.readAllBytes(), StandardCharsets.UTF_8);
            new ApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(JsonAutoConfiguration.class, JacksonAutoConfiguration.class))
                    .withPropertyValues("spring.jackson.default-property-inclusion=non_null")
                    .run(context -> assertThat(context.getBean(JsonMapper.class).writeValueAsString(view))
                            .isEqualTo(expected.strip()));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
