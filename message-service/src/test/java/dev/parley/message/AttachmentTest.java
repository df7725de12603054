package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.FileProcessed;
import dev.parley.events.FileStatus;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.FileUrls.Check;
import dev.parley.platform.file.FileUrls.Variant;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.Until;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import tools.jackson.databind.JsonNode;

/** Messages with files that the platform keeps. */
class AttachmentTest extends MessageApiTest {

    private static final Pattern SIGNED =
            Pattern.compile("/api/v1/storage/content/([^?]+)\\?variant=(\\w+)&expires=(\\d+)&signature=([\\w-]+)");
    private static final List<Double> WAVEFORM = List.of(0.0, 0.5, 1.0);

    private final String photo = "photo-" + Ids.next();

    @Autowired
    private FileUrls urls;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec events;

    @Autowired
    private ReactiveMongoTemplate mongo;

    @BeforeEach
    void aliceHasAPhoto() {
        StubMedia.picture(photo, alice);
    }

    @Test
    void theIdOfAFileIsEnough() {
        JsonNode sent = expect(201, send(alice, file(photo)));

        JsonNode attachment = sent.path("content").path("attachments").get(0);
        assertThat(sent.path("content").path("type").asString()).isEqualTo("attachment");
        assertThat(attachment.path("id").asString()).isEqualTo(photo);
        assertThat(attachment.path("type").asString()).isEqualTo("image");
        assertThat(attachment.path("filename").asString()).isEqualTo(photo + ".png");
        assertThat(attachment.path("mimeType").asString()).isEqualTo("image/png");
        assertThat(attachment.path("size").asLong()).isEqualTo(1234);
        assertThat(attachment.has("thumbnailUrl")).isFalse();
        assertThat(check(attachment.path("url").asString(), Variant.ORIGINAL)).isEqualTo(Check.VALID);
        assertThat(history(bob)).containsExactly(sent);
        assertThat(StubMedia.asked(photo)).hasSize(1).first().satisfies(asked -> {
            assertThat(asked.path("tenantId").asString()).isEqualTo("acme");
            assertThat(asked.path("senderId").asString()).isEqualTo(alice);
            assertThat(asked.path("conversationId").asString()).isEqualTo(conversation);
        });
    }

    @Test
    void noAddressIsStored() {
        String message = expect(201, send(alice, file(photo))).path("id").asString();

        assertThat(stored(message).toJson()).contains(photo).doesNotContain("signature", "http");
        assertThat(published("message.created", 1).get(0).toString())
                .contains("\"fileId\":\"" + photo + '"')
                .doesNotContain("signature", "http");
    }

    @Test
    void filesAndAddressesStandBesideEachOtherInTheirOrderAndMediaServiceIsAskedOnce() {
        String song = "song-" + Ids.next();
        StubMedia.file(
                song,
                alice,
                "AUDIO",
                "audio/ogg",
                "song.ogg",
                Map.of("duration", 2.5, "waveform", WAVEFORM, "hasThumbnail", false));
        String page = "page-" + Ids.next();
        StubMedia.file(
                page,
                alice,
                "DOCUMENT",
                "application/pdf",
                "page.pdf",
                Map.of("width", 100, "height", 200, "hasThumbnail", true));

        JsonNode sent = expect(
                201,
                send(
                        alice,
                        Map.of(
                                "text",
                                "look",
                                "attachments",
                                List.of(Map.of("fileId", song), elsewhere(), Map.of("fileId", page)))));

        JsonNode files = sent.path("content").path("attachments");
        assertThat(files.valueStream().map(each -> each.path("type").asString()))
                .containsExactly("audio", "video", "document");
        assertThat(files.get(0).path("duration").asDouble()).isEqualTo(2.5);
        assertThat(files.get(0).path("waveform").valueStream().map(JsonNode::asDouble))
                .containsExactlyElementsOf(WAVEFORM);
        assertThat(files.get(1).path("url").asString()).isEqualTo("https://files.example/f");
        assertThat(check(files.get(2).path("thumbnailUrl").asString(), Variant.THUMBNAIL))
                .isEqualTo(Check.VALID);
        assertThat(files.get(2).path("dimensions").path("height").asInt()).isEqualTo(200);
        assertThat(StubMedia.askedIn(conversation)).hasSize(1);
        assertThat(listed("?type=document")).containsExactly("page.pdf");
        assertThat(listed("?type=audio")).containsExactly("song.ogg");
    }

    @Test
    void nobodyIsAskedForAMessageWithoutFiles() {
        send(alice, "text");
        expect(201, send(alice, Map.of("attachments", List.of(elsewhere()))));

        assertThat(StubMedia.askedIn(conversation)).isEmpty();
    }

    @Test
    void aFileThatMayNotBeSentIsRefusedByItsNameAndNothingIsStored() {
        Map<String, Integer> refusals = Map.of(
                "file.infected", 403, "file.not-found", 404, "file.not-ready", 409, "file.already-attached", 409);
        refusals.forEach((code, status) -> {
            String refused = "refused-" + Ids.next();
            StubMedia.picture(refused, alice);
            StubMedia.refuse(refused, status, code);

            for (Answer answer :
                    List.of(send(alice, files(photo, refused)), sendDirectly(alice, files(photo, refused)))) {
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.code()).isEqualTo(code);
                assertThat(answer.body().path("errors").get(0).path("field").asString())
                        .isEqualTo("attachments[1].fileId");
            }
        });
        assertThat(send(bob, file(photo)).code()).isEqualTo("file.not-found");
        assertThat(history(bob)).isEmpty();
    }

    @Test
    void aFileBelongsToOneConversation() {
        String other = Ids.next();
        StubConversations.admit(other, alice, bob);
        expect(201, send(alice, file(photo)));

        assertThat(as(alice)
                        .post("/api/v1/conversations/" + other + "/messages", file(photo))
                        .code())
                .isEqualTo("file.already-attached");
        expect(201, send(alice, file(photo)));
    }

    @Test
    void whatIsWrongByItsFormIsRefusedWithoutAsking() {
        List<Map<String, String>> tooMany =
                Stream.generate(() -> Map.of("fileId", photo)).limit(11).toList();
        assertThat(fields(send(alice, Map.of("attachments", tooMany)))).containsExactly("attachments");
        assertThat(fields(send(alice, Map.of("attachments", List.of(Map.of("fileId", ""), Map.of("fileId", 7))))))
                .containsExactly("attachments[0].fileId", "attachments[1].fileId");
        assertThat(fields(send(
                        alice,
                        Map.of("attachments", List.of(Map.of("fileId", photo, "url", "https://files.example/f"))))))
                .containsExactly("attachments[0].url");
        for (String url : List.of(
                "http://files.example/f",
                "/f",
                "ftp://files.example/f",
                "javascript:alert(1)",
                "https:f",
                urls.ofAttachment(photo, Variant.ORIGINAL))) {
            Map<String, Object> file = new HashMap<>(elsewhere());
            file.put("url", url);
            assertThat(fields(send(alice, Map.of("attachments", List.of(file)))))
                    .as(url)
                    .containsExactly("attachments[0].url");
        }
        assertThat(StubMedia.askedIn(conversation)).isEmpty();
    }

    @Test
    void aRepeatedSendGivesTheFirstMessageWhateverBecameOfItsFile() {
        Map<String, Object> message = new HashMap<>(file(photo));
        message.put("tempId", "t");
        JsonNode first = expect(201, send(alice, message));
        process(photo, conversation, true);
        Until.satisfied(() -> assertThat(thumbnail(first.path("id").asString())).isNotNull());
        StubMedia.delete(photo);

        assertThat(expect(201, send(alice, message)).path("id")).isEqualTo(first.path("id"));
        assertThat(expect(201, sendDirectly(alice, message)).path("id")).isEqualTo(first.path("id"));
        assertThat(StubMedia.asked(photo)).hasSize(1);
        message.put("attachments", List.of(Map.of("fileId", "another")));
        assertThat(send(alice, message).code()).isEqualTo("request.key-reused");
        assertThat(history(bob)).hasSize(1);
    }

    @Test
    void nothingIsSentWhileMediaServiceIsAway() {
        StubMedia.refuse(photo, 503, "service.unavailable");

        Answer answer = send(alice, file(photo));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("service.unavailable");
        assertThat(history(bob)).isEmpty();
        send(alice, "text goes on");
    }

    @Test
    void whatBecomesKnownOfAFileIsAddedToItsMessageOnce() {
        String message = expect(201, send(alice, file(photo))).path("id").asString();
        call(alice, "PATCH", message, Map.of("text", "with words"));

        process(photo, conversation, true);
        process(photo, conversation, true);

        Until.satisfied(() -> assertThat(thumbnail(message)).isNotNull());
        JsonNode attachment =
                get(bob, message).path("content").path("attachments").get(0);
        assertThat(check(attachment.path("thumbnailUrl").asString(), Variant.THUMBNAIL))
                .isEqualTo(Check.VALID);
        assertThat(attachment.path("dimensions").path("width").asInt()).isEqualTo(640);
        assertThat(attachment.path("dimensions").path("height").asInt()).isEqualTo(480);
        JsonNode told = published("message.attachments-processed", 1).get(0).path("message");
        assertThat(told.path("changes").path("revision").asLong()).isEqualTo(2);
        assertThat(told.path("blocks").get(1).path("hasThumbnail").asBoolean()).isTrue();
        expect(200, call(bob, "POST", message + "/pin"));
        assertThat(published("message.pinned", 1)
                        .get(0)
                        .path("message")
                        .path("changes")
                        .path("revision")
                        .asLong())
                .as("the repetition changed nothing")
                .isEqualTo(3);
        assertThat(get(bob, message).path("content").path("text").asString()).isEqualTo("with words");
    }

    @Test
    void whatWasToldBeforeTheMessageWasStoredIsNotLost() {
        process(photo, conversation, true);
        Until.satisfied(() -> assertThat(
                        mongo.findById(photo, Document.class, "processedFiles").block())
                .isNotNull());

        JsonNode sent = expect(201, send(alice, file(photo)));

        assertThat(sent.path("content").path("attachments").get(0).has("thumbnailUrl"))
                .isTrue();
        assertThat(thumbnail(sent.path("id").asString())).isNotNull();
        assertThat(published("message.attachments-processed", 1)).hasSize(1);
    }

    @Test
    void noOtherMessageIsChangedThanThoseWithTheFile() {
        String deleted = expect(201, send(alice, file(photo))).path("id").asString();
        expect(200, call(alice, "DELETE", deleted));
        String unprocessed = "other-" + Ids.next();
        StubMedia.picture(unprocessed, alice);
        String other = expect(201, send(alice, file(unprocessed))).path("id").asString();
        String kept = expect(201, send(alice, file(photo))).path("id").asString();

        process(unprocessed, null, true);
        publish(new FileProcessed(
                unprocessed, "acme", conversation, FileStatus.INFECTED, 1, 1, null, null, true, alice));
        publish(new FileProcessed(photo, "evil", conversation, FileStatus.READY, 1, 1, null, null, true, alice));
        process(photo, conversation, true);

        Until.satisfied(() -> assertThat(thumbnail(kept)).isNotNull());
        assertThat(thumbnail(other)).isNull();
        assertThat(get(bob, deleted).path("content").path("attachments")).isEmpty();
        assertThat(stored(deleted)).doesNotContainKey("fileIds");
        assertThat(get(bob, kept)
                        .path("content")
                        .path("attachments")
                        .get(0)
                        .path("dimensions")
                        .path("width")
                        .asInt())
                .isEqualTo(640);
    }

    @Test
    void aQuoteOfAFileNamesIt() {
        String message = expect(201, send(alice, file(photo))).path("id").asString();

        JsonNode reply = expect(201, send(bob, Map.of("text", "nice", "replyTo", message)));

        assertThat(reply.path("replyTo").path("state").asString()).isEqualTo("attachment");
        assertThat(reply.path("replyTo").path("contentPreview").asString()).isEqualTo(photo + ".png");
    }

    private static Map<String, Object> file(String fileId) {
        return files(fileId);
    }

    private static Map<String, Object> files(String... fileIds) {
        return Map.of(
                "attachments",
                Stream.of(fileIds).map(fileId -> Map.of("fileId", fileId)).toList());
    }

    private static Map<String, Object> elsewhere() {
        return fileElsewhere("video", "f.mp4", "video/mp4");
    }

    private Answer send(String user, Map<String, ?> message) {
        return as(user).post("/api/v1/conversations/" + conversation + "/messages", message);
    }

    /** As presence-service does for a socket. */
    private Answer sendDirectly(String user, Map<String, ?> message) {
        return as(user).post("/internal/conversations/" + conversation + "/messages", message);
    }

    private static JsonNode expect(int status, Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        return answer.body();
    }

    private @Nullable String thumbnail(String message) {
        return get(bob, message)
                .path("content")
                .path("attachments")
                .path(0)
                .path("thumbnailUrl")
                .asString(null);
    }

    private Check check(String url, Variant variant) {
        Matcher signed = SIGNED.matcher(
                URI.create(url).getRawPath() + "?" + URI.create(url).getRawQuery());
        assertThat(signed.matches()).as(url).isTrue();
        assertThat(signed.group(2)).isEqualTo(variant.wireName());
        return urls.check(signed.group(1), signed.group(2), signed.group(3), signed.group(4));
    }

    private List<String> listed(String query) {
        return new ArrayList<>(as(bob).get("/api/v1/conversations/" + conversation + "/files" + query)
                .body()
                .path("data")
                .valueStream()
                .map(file -> file.path("filename").asString())
                .toList());
    }

    private void process(String fileId, @Nullable String conversationId, boolean thumbnail) {
        publish(new FileProcessed(
                fileId, "acme", conversationId, FileStatus.READY, 640, 480, null, null, thumbnail, alice));
    }

    private void publish(FileProcessed result) {
        publisher.publish(events.pending(result)).block();
    }

    private Document stored(String message) {
        return mongo.findById(message, Document.class, "messages").block();
    }
}
