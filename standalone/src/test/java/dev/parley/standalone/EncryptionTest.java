package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** With encryption at rest people notice nothing, and whoever gets at the disk reads nothing of what they wrote. */
class EncryptionTest {

    private static final String SECRET = "quetzalcoatlus";
    private static final String NAME = "Pterosaurs";

    @TempDir
    Path folder;

    @Test
    void leavesNothingOfWhatPeopleWriteOnTheDisk() throws Exception {
        Path data = folder.resolve("data");
        try (PlatformProcess platform = PlatformProcess.start(data, serverMode())) {
            ChatUser alice = ChatUser.register(platform.baseUrl(), "Alice");
            ChatUser bob = ChatUser.register(platform.baseUrl(), "Bob");
            String conversation = alice.call(
                            "POST",
                            "/api/v1/conversations/group",
                            Map.of("name", NAME, "participantIds", List.of(bob.id())))
                    .path("id")
                    .asString();
            try (ChatSocket phone = alice.connect();
                    ChatSocket bobPhone = bob.connect()) {
                String message = phone.send(conversation, "The " + SECRET + " flies")
                        .path("id")
                        .asString();
                assertThat(text(bobPhone.await("new_message", 1).get(0).path("message")))
                        .contains(SECRET);
                phone.succeed("update_message", Map.of("messageId", message, "text", "A " + SECRET + " flew"));
                assertThat(bobPhone.await("message_updated", 1)
                                .get(0)
                                .path("text")
                                .asString())
                        .contains(SECRET);
                bobPhone.succeed(
                        "send_message",
                        Map.of("conversationId", conversation, "text", "Indeed", "replyTo", message, "tempId", "t"));
                assertThat(phone.await("new_message", 2)
                                .get(1)
                                .path("message")
                                .path("replyTo")
                                .path("contentPreview")
                                .asString())
                        .contains(SECRET);
                Until.satisfied(() -> assertThat(text(alice.listed(conversation).path("lastMessage")))
                        .isEqualTo("Indeed"));
                assertThat(bob.texts(conversation)).containsExactly("Indeed", "A " + SECRET + " flew");
                assertThat(text(Until.found(() -> bob.get("/api/v1/messages/search?query=" + SECRET)
                                .path("data"))))
                        .contains(SECRET);
            }
            assertThat(alice.listed(conversation).path("encryptionMode").asString())
                    .isEqualTo("server");
            assertThat(new ApiClient(platform.baseUrl(), "none")
                            .get("/api/v1/config")
                            .body()
                            .path("encryptionMode")
                            .asString())
                    .isEqualTo("server");
        }
        assertThat(filesWith(data, NAME))
                .as("what is not encrypted can be found")
                .isNotEmpty();
        assertThat(filesWith(data, SECRET)).isEmpty();
    }

    /** Whoever has it signs tokens of anybody. */
    @Test
    void leavesNoSigningKeyOnTheDisk() throws Exception {
        ChatUser.register(RunningPlatform.baseUrl(), "Alice");
        Path data = RunningPlatform.data();

        assertThat(filesWith(data.resolve("store"), "signingKeys")).isNotEmpty();
        assertThat(filesWith(data.resolve("store"), "\"kty\"")).isEmpty();
        assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    private static Map<String, String> serverMode() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Map.of(
                "PARLEY_ENCRYPTION_MODE",
                "server",
                "PARLEY_ENCRYPTION_MASTERKEYS_FIRST",
                Base64.getEncoder().encodeToString(key));
    }

    private static String text(JsonNode message) {
        return message.path("content").path("text").asString();
    }

    private static List<Path> filesWith(Path folder, String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, text))
                    .toList();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (NoSuchFileException deletedMeanwhile) {
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
