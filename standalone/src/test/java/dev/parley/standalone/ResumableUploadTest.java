package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.Until;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The client that is in use for tus uploads through a network that breaks again and again. */
class ResumableUploadTest {

    private static final Path NODE = Path.of("src/test/node");
    private static final int SIZE = 20 << 20;
    private static final int BREAKS = 10;
    private static final int BREAKS_OF_THE_FIRST_CLIENT = 5;
    private static final long LONGEST_SECONDS = 120;

    private final String baseUrl = RunningPlatform.baseUrl();

    @TempDir
    Path folder;

    @BeforeEach
    void needsTheClient() throws Exception {
        NodeModule.orSkip(NODE.resolve("node_modules/tus-js-client"));
    }

    @Test
    void arrivesWholeThoughTheConnectionBreaksTenTimesAndAnotherClientGoesOn() throws Exception {
        ChatUser alice = ChatUser.register(baseUrl, "Alice");
        Path video = Files.write(folder.resolve("holiday.mp4"), video());
        try (BreakingProxy network = new BreakingProxy(baseUrl, SIZE / (BREAKS + 2), BREAKS)) {
            Path said = folder.resolve("first.txt");
            Process first = upload(alice, network, video, said);
            Until.satisfied(() -> assertThat(network.breaks() >= BREAKS_OF_THE_FIRST_CLIENT || !first.isAlive())
                    .isTrue());
            assertThat(first.isAlive()).as(Files.readString(said)).isTrue();
            first.destroyForcibly().waitFor();

            said = folder.resolve("second.txt");
            Process second = upload(alice, network, video, said);
            assertThat(second.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();

            assertThat(second.exitValue()).as(Files.readString(said)).isZero();
            assertThat(Files.readString(said)).contains("goes on with " + network.baseUrl());
            assertThat(network.breaks()).isEqualTo(BREAKS);
            assertThat(network.sent()).as("most of what came counts").isLessThan(SIZE + SIZE / 2);
            JsonNode file = alice.get("/api/v1/storage/files/" + fileId(Files.readString(said)));
            assertThat(file.path("filename").asString()).isEqualTo("holiday.mp4");
            assertThat(file.path("size").asInt()).isEqualTo(SIZE);
            assertThat(file.path("sha256").asString()).isEqualTo(sha256(Files.newInputStream(video)));
            assertThat(sha256(URI.create(file.path("url").asString()).toURL().openStream()))
                    .isEqualTo(file.path("sha256").asString());
        }
    }

    private Process upload(ChatUser user, BreakingProxy network, Path file, Path output) throws IOException {
        return new ProcessBuilder(
                        "node",
                        NODE.resolve("resumable-upload.js").toString(),
                        network.baseUrl() + "/api/v1/storage/tus",
                        user.accessToken(),
                        file.toString(),
                        "video/mp4",
                        folder.resolve("urls.json").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static String fileId(String output) {
        return output.substring(output.indexOf("file ") + 5).strip();
    }

    /** The boxes that a video begins with, and then what no decoder looks at here. */
    private static byte[] video() {
        byte[] bytes = new byte[SIZE];
        new Random(14).nextBytes(bytes);
        ByteBuffer.wrap(bytes)
                .putInt(24)
                .put("ftypisom".getBytes(StandardCharsets.US_ASCII))
                .putInt(512)
                .put("isommp42".getBytes(StandardCharsets.US_ASCII))
                .putInt(SIZE - 24)
                .put("mdat".getBytes(StandardCharsets.US_ASCII));
        return bytes;
    }

    private static String sha256(InputStream content) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (content) {
            byte[] bytes = new byte[64 * 1024];
            for (int read = content.read(bytes); read >= 0; read = content.read(bytes)) {
                digest.update(bytes, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
