package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.Until;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The data is on a small file system of its own, which something else fills. */
class FullDiskTest {

    private static final int DISK_MB = 400;
    private static final int MIN_FREE_MB = 100;
    private static final int RESUME_AT_MB = 120;
    private static final int BLOCK = 1 << 20;
    private static final int ATTEMPTS = 50;

    @TempDir
    Path disk;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MB + "m", "tmpfs", disk.toString());
        assumeTrue(mounted, "needs the right to mount a file system: run it as root");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    @Test
    @Timeout(300)
    void writesAreRefusedBeforeTheDiskIsFullAndTakenWhenThereIsRoomAgain() throws Exception {
        Map<String, String> limits =
                Map.of("PARLEY_DISK_MINFREE", MIN_FREE_MB + "MB", "PARLEY_DISK_RESUMEAT", RESUME_AT_MB + "MB");
        try (PlatformProcess platform = PlatformProcess.start(disk.resolve("data"), limits)) {
            ChatUser alice = ChatUser.register(platform.baseUrl(), "Alice");
            ChatUser bob = ChatUser.register(platform.baseUrl(), "Bob");
            String conversation = alice.directWith(bob);
            try (ChatSocket alicePhone = alice.connect();
                    ChatSocket bobPhone = bob.connect()) {
                alicePhone.send(conversation, "before");

                fill(MIN_FREE_MB - 30);

                assertWritesAreRefused(platform, alice, alicePhone, conversation);
                assertTheRestGoesOn(alice, bob, alicePhone, conversation);

                Files.delete(ballast());

                sendUntilTaken(alicePhone, conversation, "after");
                bobPhone.await("new_message", 2);
                assertThat(alicePhone.connections()).isEqualTo(1);
                assertThat(bobPhone.connections()).isEqualTo(1);
            }
            assertThat(platform.output()).contains("is nearly full", "There is room again");

            fillToTheLastByte();
            ApiClient anybody = new ApiClient(platform.baseUrl(), alice.accessToken());
            List<String> acknowledged = new ArrayList<>(List.of("before", "after"));
            for (int i = 0; i < ATTEMPTS && platform.runs(); i++) {
                if (statusOfASend(anybody, conversation, "full " + i) == 201) {
                    acknowledged.add("full " + i);
                }
            }
            // There is room for a few messages in what the store and the broker hold already.
            assertThat(acknowledged).hasSizeLessThan(ATTEMPTS);
            Files.delete(ballast());
            if (!platform.runs()) {
                // ./run does it by itself.
                platform.restart();
            }
            try (ChatSocket phone = alice.connect()) {
                sendUntilTaken(phone, conversation, "at last");
            }
            acknowledged.add("at last");
            assertThat(bob.texts(conversation))
                    .containsAll(acknowledged)
                    .startsWith("at last")
                    .endsWith("after", "before");
        }
    }

    private static void assertWritesAreRefused(
            PlatformProcess platform, ChatUser alice, ChatSocket phone, String conversation) {
        // Each service looks at the disk by itself, some a moment later than others.
        Until.satisfied(
                () -> assertThat(markRead(phone, conversation).path("code").asString())
                        .isEqualTo("storage.full"));
        Until.satisfied(() -> assertRefused(alice.api().post("/api/v1/messages/none/star", Map.of())));
        Until.satisfied(
                () -> assertRefused(alice.api().call("PATCH", "/api/v1/users/me", Map.of("displayName", "Alice"))));
        assertThat(markRead(phone, conversation).path("retryAfter").asInt()).isPositive();
        JsonNode sent = phone.ask("send_message", Map.of("conversationId", conversation, "text", "no", "tempId", "no"));
        assertThat(sent.path("code").asString()).isEqualTo("storage.full");
        for (String path : List.of(
                "/api/v1/conversations/" + conversation + "/messages",
                "/api/v1/conversations/" + conversation + "/read",
                "/api/v1/conversations/group",
                "/api/v1/conversations/" + conversation + "/pin")) {
            assertRefused(alice.api().post(path, Map.of("text", "no")));
        }
        assertRefused(alice.api().call("PATCH", "/api/v1/users/me", Map.of("displayName", "Alicia")));
        assertRefused(new ApiClient(platform.baseUrl(), "none")
                .post(
                        "/api/v1/auth/register",
                        Map.of("email", "c@example.org", "password", ChatUser.PASSWORD, "username", "carol")));
    }

    private static JsonNode markRead(ChatSocket phone, String conversation) {
        return phone.ask("mark_read", Map.of("conversationId", conversation));
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(507);
        assertThat(answer.code()).isEqualTo("storage.full");
    }

    private static void assertTheRestGoesOn(ChatUser alice, ChatUser bob, ChatSocket phone, String conversation) {
        assertThat(bob.texts(conversation)).containsExactly("before");
        assertThat(alice.get("/api/v1/users/me").path("displayName").asString()).isEqualTo("Alice");
        phone.succeed("typing", Map.of("conversationId", conversation, "isTyping", true));
        assertThat(alice.api()
                        .post("/api/v1/auth/login", Map.of("email", alice.email(), "password", ChatUser.PASSWORD))
                        .status())
                .isEqualTo(200);
        assertThat(alice.api()
                        .post("/api/v1/auth/refresh", Map.of("refreshToken", alice.refreshToken()))
                        .status())
                .isEqualTo(200);
    }

    private static void sendUntilTaken(ChatSocket phone, String conversation, String text) {
        Until.satisfied(() -> assertThat(
                        phone.ask("send_message", Map.of("conversationId", conversation, "text", text, "tempId", text))
                                .path("success")
                                .asBoolean())
                .isTrue());
    }

    /** @return 0 if there is no answer */
    private static int statusOfASend(ApiClient client, String conversation, String text) {
        try {
            return client.post("/api/v1/conversations/" + conversation + "/messages", Map.of("text", text))
                    .status();
        } catch (RuntimeException gone) {
            return 0;
        }
    }

    private Path ballast() {
        return disk.resolve("ballast");
    }

    private void fill(long megabytesLeft) throws IOException {
        try (FileChannel file = FileChannel.open(ballast(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (Files.getFileStore(disk).getUsableSpace() > megabytesLeft * BLOCK) {
                file.write(ByteBuffer.allocate(BLOCK));
            }
        }
    }

    private void fillToTheLastByte() throws IOException {
        FileChannel file = FileChannel.open(ballast(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (file) {
            while (file.write(ByteBuffer.allocate(BLOCK)) > 0) {
                // until there is no room
            }
        } catch (IOException full) {
            assertThat(Files.getFileStore(disk).getUsableSpace()).isLessThan(BLOCK);
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }
}
