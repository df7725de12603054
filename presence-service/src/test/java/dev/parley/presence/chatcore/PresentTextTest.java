package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.Event;
import dev.parley.events.MessageAttachmentsProcessed;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageEdited;
import dev.parley.events.MessagePinned;
import dev.parley.events.MessageRevision;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Pin;
import dev.parley.events.QuoteState;
import dev.parley.events.Reaction;
import dev.parley.events.ReactionChanged;
import dev.parley.events.ReplyReference;
import dev.parley.platform.test.RecoveringClient;
import dev.parley.platform.test.Until;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A client that comes back is sent messages as they are now: no text that was edited or deleted while it was away. */
class PresentTextTest extends RecoveryTest {

    private static final String LONG = "long ".repeat(4_000);
    private static final int LONG_MESSAGES = 600;

    @Autowired
    private MeterRegistry meters;

    @Test
    void anEditedMessageHasItsLastText() {
        RecoveringClient phone = away(alice);

        publish(sent(1, "first"), edited(1, 1, "second"), edited(1, 2, "third"), sent(2, "other"));
        comeBack(phone, port);

        assertThat(texts(phone)).containsExactly("third", "other");
        assertThat(phone.told("new_message")
                        .get(0)
                        .path("message")
                        .path("isEdited")
                        .asBoolean())
                .isTrue();
        assertThat(phone.told("message_updated"))
                .extracting(told -> told.path("text").asString())
                .containsExactly("third");
        assertNowhere(phone, "first", "second");
        assertState(phone, Map.of(1L, "third", 2L, "other"));
    }

    @Test
    void aMessageThatHadItsTextTwiceEndsWithIt() {
        RecoveringClient phone = away(alice);

        publish(sent(1, "one"), edited(1, 1, "two"), edited(1, 2, "one"));
        comeBack(phone, port);

        assertNowhere(phone, "two");
        assertState(phone, Map.of(1L, "one"));
    }

    @Test
    void anEditOfAMessageThatTheClientHasComesOnce() {
        RecoveringClient phone = connected(alice);
        publish(sent(1, "first"));
        settle(conversation, phone, alice);
        phone.cut();

        publish(edited(1, 1, "second"), edited(1, 2, "third"));
        comeBack(phone, port);

        assertThat(phone.told("message_updated"))
                .extracting(told -> told.path("text").asString())
                .containsExactly("third");
        assertState(phone, Map.of(1L, "third"));
    }

    @Test
    void aDeletedMessageIsATombstoneHoweverOftenItWasChanged() {
        RecoveringClient phone = away(alice);

        publish(
                sent(1, "first"),
                edited(1, 1, "second"),
                new ReactionChanged(changed(1, "second", 2, true), bob, "+1", true),
                new MessagePinned(changed(1, "second", 3, true)),
                sent(2, "other"),
                deleted(1, 4));
        comeBack(phone, port);

        JsonNode tombstone = phone.told("new_message").get(0).path("message");
        assertThat(tombstone.path("seq").asLong()).isEqualTo(1);
        assertThat(tombstone.path("status").asString()).isEqualTo("deleted");
        assertThat(tombstone.path("reactions")).isEmpty();
        assertThat(tombstone.path("isPinned").asBoolean()).isFalse();
        assertThat(phone.stream().stream()
                        .map(one -> one.split(" ")[0])
                        .filter(event -> !event.equals("message_deleted_for_me")))
                .containsExactly("new_message", "new_message", "message_deleted");
        assertNowhere(phone, "first", "second");
        assertState(phone, tombstoneAnd(1, 2, "other"));
    }

    @Test
    void aMessageThatIsDeletedAfterTheClientGotItIsNotEditedBefore() {
        RecoveringClient phone = connected(alice);
        publish(sent(1, "first"));
        settle(conversation, phone, alice);
        phone.cut();

        publish(edited(1, 1, "second"), edited(1, 2, "third"), deleted(1, 3));
        comeBack(phone, port);

        assertThat(phone.told("message_updated")).isEmpty();
        assertNowhere(phone, "second", "third");
        assertState(phone, tombstoneAnd(1, 0, null));
    }

    @Test
    void aReplyQuotesTheEditedText() {
        RecoveringClient phone = connected(alice);
        publish(sent(1, "frist"));
        settle(conversation, phone, alice);
        phone.cut();

        publish(reply(2, 1, "frist"), edited(1, 1, "first"));
        comeBack(phone, port);

        JsonNode quote = phone.told("new_message").get(1).path("message").path("replyTo");
        assertThat(quote.path("contentPreview").asString()).isEqualTo("first");
        assertThat(quote.path("state").asString()).isEqualTo("text");
    }

    @Test
    void aReplyQuotesNothingOfADeletedMessage() {
        RecoveringClient phone = connected(alice);
        publish(sent(1, "secret"), sent(2, "harmless"));
        settle(conversation, phone, alice);
        phone.cut();

        publish(reply(3, 1, "secret"), reply(4, 2, "harmless"), reply(5, 1, "secret"), deleted(1, 1));
        comeBack(phone, port);

        assertThat(phone.told("new_message").stream().skip(2).map(told -> told.path("message")
                        .path("replyTo")
                        .path("contentPreview")
                        .asString()))
                .containsExactly("", "harmless", "");
        assertThat(phone.told("new_message").stream().skip(2).map(told -> told.path("message")
                        .path("replyTo")
                        .path("state")
                        .asString()))
                .containsExactly("deleted", "text", "deleted");
        assertThat(phone.told("new_message")
                        .get(2)
                        .path("message")
                        .path("replyTo")
                        .path("messageId")
                        .asString())
                .isEqualTo(id(1));
    }

    @Test
    void anotherNodeSendsThePresentTextToo() {
        try (OtherNode other = OtherNode.start()) {
            RecoveringClient phone = away(alice);
            publish(sent(1, "first"), edited(1, 1, "second"), sent(2, "gone"), deleted(2, 1), sent(3, "last"));
            settle(conversation, client(bob).connect(other.port()), bob);

            phone.connect(other.port());

            assertThat(phone.isRecovered()).isTrue();
            assertNowhere(phone, "first", "gone");
            Map<Long, String> state = tombstoneAnd(2, 1, "second");
            state.put(3L, "last");
            assertState(phone, state);
        }
    }

    /** Where it was cut within what it missed, the rest is as it is by then. */
    @Test
    void aClientThatComesBackFromAnyOffsetEndsInTheSameState() {
        RecoveringClient steady = connected(alice);
        List<Event> all = new ArrayList<>();
        all.addAll(List.of(sent(1, "a1"), sent(2, "b1"), edited(1, 1, "a2"), sent(3, "c1"), reply(4, 2, "b1")));
        all.addAll(List.of(edited(2, 1, "b2"), deleted(3, 1), edited(1, 2, "a3"), deleted(2, 2), sent(5, "e1")));
        publish(all.toArray(Event[]::new));
        settle(conversation, steady, alice);
        Map<Long, String> end = state(steady);
        List<RecoveringClient.Told> told = steady.told().stream()
                .filter(one -> one.offset() != null)
                .filter(one -> !one.event().equals("stream_position"))
                .toList();

        for (int had = 0; had < told.size(); had++) {
            RecoveringClient other = client(alice);
            other.pid(steady.pid());
            other.offset(told.get(had).offset());
            other.connect(port);

            assertThat(other.isRecovered()).isTrue();
            List<RecoveringClient.Told> whole = new ArrayList<>(told.subList(0, had + 1));
            whole.addAll(other.told());
            assertThat(state(whole)).as("after %s", told.get(had)).isEqualTo(end);
            assertThat(other.told().stream().map(one -> one.body().toString()))
                    .noneMatch(body -> body.matches(".*\"(c1|b1|a2)\".*"));
        }
    }

    /** What comes while a client is still being sent what it missed waits for that, and may change meanwhile. */
    @Test
    void whatIsDeletedDuringTheReplayIsNotSent() {
        AtomicReference<RecoveringClient> reader = new AtomicReference<>();
        AtomicBoolean stops = new AtomicBoolean();
        RecoveringClient phone = client(alice, told -> {
            if (told.event().equals("new_message") && stops.getAndSet(false)) {
                reader.get().stopReading();
            }
        });
        reader.set(phone);
        phone.connect(port);
        RecoveringClient bobPhone = connected(bob);
        phone.cut();
        publish(IntStream.rangeClosed(1, LONG_MESSAGES)
                .mapToObj(seq -> sent(seq, LONG + seq))
                .toArray(Event[]::new));
        bobPhone.await("new_message", LONG_MESSAGES);
        int first = LONG_MESSAGES + 1;

        stops.set(true);
        CompletableFuture<Void> back = phone.begin(port);
        Until.satisfied(() -> assertThat(stops).isFalse());
        Until.satisfied(() ->
                assertThat(meters.get("parley.replays.running").gauge().value()).isPositive());
        publish(
                sent(first, "secret"),
                sent(first + 1, "draft"),
                sent(first + 2, "kept"),
                edited(first + 1, 1, "better"),
                deleted(first, 1));
        settle(conversation, bobPhone, bob);
        assertThat(back).isNotDone();
        phone.readOn();
        back.join();
        settle(conversation, phone, alice);

        assertThat(phone.isRecovered()).isTrue();
        assertThat(phone.told("new_message"))
                .extracting(told -> told.path("message").path("seq").asInt())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, first + 2).boxed().toList());
        assertNowhere(phone, "secret", "draft");
        Map<Long, String> end = state(phone);
        assertThat(end).containsEntry((long) first, null).containsEntry(first + 1L, "better");
        assertThat(end).containsEntry(first + 2L, "kept");
        // And what comes after the replay comes once, too.
        publish(sent(first + 3, "after"));
        settle(conversation, phone, alice);
        assertThat(texts(phone)).containsOnlyOnce("after", "kept");
    }

    @Test
    void whatBecomesKnownOfFilesIsToldAsItComesAndOnceToWhoWasAway() {
        RecoveringClient tablet = connected(alice);
        RecoveringClient phone = away(alice);
        Block.Media film = Block.Media.kept(Block.MediaKind.VIDEO, "film", "film.mp4", "video/mp4", 7);
        Block.Media photo = Block.Media.kept(Block.MediaKind.IMAGE, "photo", "photo.png", "image/png", 7);
        Block.Media shownFilm = film.with(640, 480, 2.5, null, true);
        Block.Media shownPhoto = photo.with(32, 48, null, null, true);

        publish(
                new MessageCreated(snapshot(1, List.of(film, photo), null, null), null),
                new MessageAttachmentsProcessed(changed(1, 1, shownFilm, photo)),
                new MessageEdited(changed(1, 2, Block.Text.plain("words"), shownFilm, photo)),
                new MessageAttachmentsProcessed(changed(1, 3, Block.Text.plain("words"), shownFilm, shownPhoto)));
        settle(conversation, tablet, alice);
        comeBack(phone, port);

        assertThat(tablet.told("message_thumbnails_ready"))
                .extracting(PresentTextTest::thumbnails)
                .containsExactly(List.of("film"), List.of("film", "photo"));
        assertThat(phone.told("new_message"))
                .extracting(told -> thumbnails(told.path("message").path("content")))
                .containsExactly(List.of("film", "photo"));
        assertThat(phone.told("message_thumbnails_ready"))
                .extracting(PresentTextTest::thumbnails)
                .containsExactly(List.of("film", "photo"));
        assertThat(phone.told("message_updated"))
                .extracting(told -> told.path("text").asString())
                .containsExactly("words");
        JsonNode told = phone.told("message_thumbnails_ready").get(0);
        assertThat(told.path("messageId").asString()).isEqualTo(id(1));
        assertThat(told.path("conversationId").asString()).isEqualTo(conversation);
        assertThat(told.path("attachments")
                        .get(1)
                        .path("dimensions")
                        .path("height")
                        .asInt())
                .isEqualTo(48);
    }

    /** The ids of the attachments that have a thumbnail. */
    private static List<String> thumbnails(JsonNode content) {
        return content.path("attachments")
                .valueStream()
                .filter(file -> file.path("thumbnailUrl")
                        .asString("")
                        .contains("/api/v1/storage/content/" + file.path("id").asString() + "?variant=thumbnail&"))
                .map(file -> file.path("id").asString())
                .toList();
    }

    private MessageSnapshot changed(long seq, long revision, Block... blocks) {
        Instant now = Instant.now();
        return snapshot(seq, List.of(blocks), null, new MessageRevision(revision, now, now, null, List.of(), null));
    }

    private RecoveringClient away(String userId) {
        RecoveringClient client = connected(userId);
        settle(conversation, client, userId);
        client.cut();
        return client;
    }

    private void comeBack(RecoveringClient client, int toPort) {
        settle(conversation, connected(bob), bob);
        client.connect(toPort);
        assertThat(client.isRecovered()).isTrue();
        settle(conversation, client, alice);
    }

    private static List<String> texts(RecoveringClient client) {
        return client.told("new_message").stream()
                .map(told -> told.path("message").path("content").path("text").asString(""))
                .toList();
    }

    /** Nothing that it was ever told has one of these texts. */
    private static void assertNowhere(RecoveringClient client, String... texts) {
        for (String text : texts) {
            assertThat(client.stream()).noneMatch(one -> one.contains("\"" + text + "\""));
        }
    }

    private static void assertState(RecoveringClient client, Map<Long, String> expected) {
        assertThat(state(client)).isEqualTo(expected);
    }

    private static Map<Long, String> tombstoneAnd(long deleted, long seq, @Nullable String text) {
        Map<Long, String> state = new LinkedHashMap<>();
        state.put(deleted, null);
        if (text != null) {
            state.put(seq, text);
        }
        return state;
    }

    private static Map<Long, String> state(RecoveringClient client) {
        return state(client.told());
    }

    /** What a client shows that was told this: the text of each message, null for a tombstone. */
    private static Map<Long, String> state(List<RecoveringClient.Told> told) {
        Map<String, Long> seqs = new LinkedHashMap<>();
        Map<Long, String> texts = new LinkedHashMap<>();
        for (RecoveringClient.Told one : told) {
            JsonNode body = one.body();
            switch (one.event()) {
                case "new_message" -> {
                    JsonNode message = body.path("message");
                    long seq = message.path("seq").asLong();
                    assertThat(texts).as("once").doesNotContainKey(seq);
                    seqs.put(message.path("id").asString(), seq);
                    boolean deleted = message.path("status").asString().equals("deleted");
                    texts.put(
                            seq,
                            deleted
                                    ? null
                                    : message.path("content").path("text").asString());
                }
                case "message_updated" ->
                    texts.put(
                            seqs.get(body.path("messageId").asString()),
                            body.path("text").asString());
                case "message_deleted" ->
                    texts.put(seqs.get(body.path("messageId").asString()), null);
                default -> {}
            }
        }
        return texts;
    }

    private String id(long seq) {
        return "message-" + seq + "@" + conversation;
    }

    private MessageCreated sent(long seq, String text) {
        return new MessageCreated(snapshot(seq, List.of(Block.Text.plain(text)), null, null), null);
    }

    private MessageCreated reply(long seq, long quoted, String preview) {
        ReplyReference reference = new ReplyReference(id(quoted), "Bob", preview, quoted, bob, QuoteState.TEXT);
        return new MessageCreated(snapshot(seq, List.of(Block.Text.plain("reply")), reference, null), null);
    }

    private MessageEdited edited(long seq, long revision, String text) {
        return new MessageEdited(changed(seq, text, revision, false));
    }

    private MessageSnapshot changed(long seq, String text, long revision, boolean marked) {
        Instant now = Instant.now();
        MessageRevision changes = marked
                ? new MessageRevision(
                        revision, now, now, null, List.of(new Reaction("+1", List.of(bob))), new Pin(bob, now))
                : new MessageRevision(revision, now, now, null, List.of(), null);
        return snapshot(seq, List.of(Block.Text.plain(text)), null, changes);
    }

    private MessageDeleted deleted(long seq, long revision) {
        Instant now = Instant.now();
        MessageRevision changes = new MessageRevision(revision, now, null, now, List.of(), null);
        return new MessageDeleted(snapshot(seq, List.of(), null, changes), bob);
    }

    private MessageSnapshot snapshot(
            long seq, List<Block> blocks, @Nullable ReplyReference replyTo, @Nullable MessageRevision changes) {
        MessageSnapshot sent = text(bob, seq).message();
        return new MessageSnapshot(
                id(seq),
                TENANT,
                conversation,
                seq,
                seq,
                1,
                sent.sender(),
                sent.senderKind(),
                null,
                blocks,
                replyTo,
                List.of(),
                sent.createdAt(),
                changes);
    }
}
