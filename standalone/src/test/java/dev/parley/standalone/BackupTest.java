package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.Until;
import dev.parley.standalone.backing.DataFolder;
import dev.parley.standalone.backup.BackupRequest;
import dev.parley.standalone.backup.Restore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** A backup is made while two people write and upload, and another platform goes on with it. */
class BackupTest {

    private static final int WRITTEN_BEFORE = 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private final ChatUser alice = ChatUser.register(RunningPlatform.baseUrl(), "Alice");
    private final ChatUser bob = ChatUser.register(RunningPlatform.baseUrl(), "Bob");
    private final String conversation = alice.directWith(bob);

    @Test
    void holdsWhatWasAcknowledgedBeforeItBeganAndChatGoesOnWhereItIsRestored() throws Exception {
        alice.send(conversation, "read by Bob");
        bob.read(conversation);
        Path backup = folder.resolve("backup");
        Map<String, Long> acknowledged;
        try (Writing writing = new Writing(conversation, alice, bob)) {
            Until.satisfied(() -> assertThat(writing.acknowledged()).hasSizeGreaterThan(WRITTEN_BEFORE));
            acknowledged = Map.copyOf(writing.acknowledged());
            BackupRequest.send(DataFolder.control(RunningPlatform.data()), backup, System.out::println);
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.unfinished");
        assertThat(RunningPlatform.data().resolve("checkpoint")).doesNotExist();
        assertNoSecretIsIn(backup);

        Path data = folder.resolve("data");
        FileSystemUtils.copyRecursively(RunningPlatform.data().resolve("secrets"), data.resolve("secrets"));
        Restore.run(backup, data, false, line -> {});
        try (PlatformProcess restored = PlatformProcess.start(data)) {
            ChatUser aliceThere = alice.signedInAt(restored.baseUrl());
            ChatUser bobThere = bob.signedInAt(restored.baseUrl());
            List<JsonNode> history = bobThere.wholeHistory(conversation);
            assertIsWhole(history, acknowledged);
            assertFilesLoad(history);
            assertCountsAreRight(bobThere, history);
            assertChatGoesOn(aliceThere, bobThere, history);
            assertThat(data.resolve("events")).doesNotExist();
        }
    }

    private static void assertIsWhole(List<JsonNode> history, Map<String, Long> acknowledged) {
        assertThat(history)
                .extracting(message -> message.path("seq").asLong())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, history.size()).boxed().toList());
        assertThat(history)
                .extracting(message -> message.path("content").path("text").asString())
                .doesNotHaveDuplicates();
        Map<String, Long> stored = new ConcurrentHashMap<>();
        history.forEach(message -> stored.put(
                message.path("content").path("text").asString(),
                message.path("seq").asLong()));
        assertThat(stored).containsAllEntriesOf(acknowledged);
    }

    /** Also those that came while the backup was made. */
    private static void assertFilesLoad(List<JsonNode> history) throws Exception {
        List<String> urls = history.stream()
                .flatMap(message -> message.path("content").path("attachments").valueStream())
                .map(file -> file.path("url").asString())
                .toList();
        assertThat(urls).isNotEmpty();
        for (String url : urls) {
            HttpResponse<byte[]> loaded = HTTP.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    BodyHandlers.ofByteArray());
            assertThat(loaded.statusCode()).as(url).isEqualTo(200);
            assertThat(loaded.body()).isEqualTo(PhotoUpload.PNG);
        }
    }

    /** They also count what the projections had not been told of when the backup was made. */
    private void assertCountsAreRight(ChatUser bobThere, List<JsonNode> history) {
        long written = history.stream()
                .filter(message -> message.path("sender").path("id").asString().equals(alice.id()))
                .count();
        JsonNode last = history.get(history.size() - 1);
        Until.satisfied(() -> {
            assertThat(bobThere.unread(conversation)).isEqualTo(written - 1);
            assertThat(bobThere.listed(conversation)
                            .path("lastMessage")
                            .path("id")
                            .asString())
                    .isEqualTo(last.path("id").asString());
        });
    }

    private void assertChatGoesOn(ChatUser aliceThere, ChatUser bobThere, List<JsonNode> history) throws Exception {
        try (ChatSocket bobPhone = bobThere.connect();
                ChatSocket alicePhone = aliceThere.connect()) {
            JsonNode sent = alicePhone.send(conversation, "after all");
            assertThat(sent.path("seq").asLong()).isEqualTo(history.size() + 1L);
            Until.satisfied(() -> assertThat(bobPhone.told("new_message"))
                    .extracting(told -> told.path("message").path("id").asString())
                    .containsExactly(sent.path("id").asString()));
        }
        bobThere.read(conversation);
        Until.satisfied(() -> assertThat(bobThere.totalUnread()).isZero());
        assertThat(PhotoUpload.readyFile(bobThere)).isNotEmpty();
    }

    private static void assertNoSecretIsIn(Path backup) throws IOException {
        List<String> secrets = new ArrayList<>();
        try (Stream<Path> files = Files.list(RunningPlatform.data().resolve("secrets"))) {
            for (Path file : files.toList()) {
                secrets.add(Files.readString(file).strip());
            }
        }
        assertThat(secrets).isNotEmpty();
        try (Stream<Path> files = Files.walk(backup)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(secrets);
            }
        }
    }

    /** Both write at the same time, with a photo now and then, until this is closed. */
    private static final class Writing implements AutoCloseable {

        private static final int MOST = 1_000;
        private static final int PHOTO_EVERY = 5;

        private final String conversation;
        private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean enough;

        Writing(String conversation, ChatUser... writers) {
            this.conversation = conversation;
            for (ChatUser writer : writers) {
                Thread thread = new Thread(() -> write(writer), "writing-" + writer.username());
                threads.add(thread);
                thread.start();
            }
        }

        /** What is stored by now, for sure: texts with the places of the messages. */
        Map<String, Long> acknowledged() {
            return acknowledged;
        }

        private void write(ChatUser writer) {
            for (int i = 0; i < MOST && !enough; i++) {
                String text = writer.username() + " " + i;
                var answer = writer.api()
                        .post(
                                "/api/v1/conversations/" + conversation + "/messages",
                                Map.of("text", text, "tempId", text, "attachments", photo(writer, i)));
                if (answer.status() == 201) {
                    acknowledged.put(text, answer.body().path("seq").asLong());
                }
            }
        }

        private static List<Map<String, String>> photo(ChatUser writer, int number) {
            try {
                return number % PHOTO_EVERY == 0 ? List.of(Map.of("fileId", PhotoUpload.readyFile(writer))) : List.of();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        public void close() throws InterruptedException {
            enough = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
