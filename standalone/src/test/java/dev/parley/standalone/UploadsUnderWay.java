package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.Until;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Uploads of one user that are in the middle when the platform is killed: a resumable one, and others that are lost. */
final class UploadsUnderWay {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final byte[] CONTENT = "It goes on. ".repeat(75 * 1024).getBytes(StandardCharsets.US_ASCII);

    /** The settings of a platform that loses little when it is killed, and removes at its start what is left of the rest. */
    static final Map<String, String> ENVIRONMENT =
            Map.of("PARLEY_MEDIA_TUS_PARTSIZE", "64KB", "PARLEY_MEDIA_STORAGE_UNFINISHEDAGE", "1s");

    private final ChatUser user;
    private final String upload;

    private UploadsUnderWay(ChatUser user, String upload) {
        this.user = user;
        this.upload = upload;
    }

    static UploadsUnderWay begin(ChatUser user) throws Exception {
        // note.txt, text/plain
        HttpResponse<String> created = HTTP.send(
                request(user, "/api/v1/storage/tus")
                        .header("Upload-Length", Integer.toString(CONTENT.length))
                        .header("Upload-Metadata", "filename bm90ZS50eHQ=,filetype dGV4dC9wbGFpbg==")
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return new UploadsUnderWay(
                user, created.headers().firstValue("Location").orElseThrow());
    }

    /**
     * Sends 300 KB more of the resumable upload, and half of another; returns when that has arrived.
     *
     * @return what nobody closes before the platform is gone
     */
    List<Socket> goOn() throws Exception {
        long offset = offset();
        Socket resumable = send(
                "PATCH",
                URI.create(user.baseUrl() + upload),
                CONTENT.length - offset,
                "Authorization: Bearer " + user.accessToken() + "\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: " + offset
                        + "\r\nContent-Type: application/offset+octet-stream\r\n",
                Arrays.copyOfRange(CONTENT, (int) offset, (int) offset + 300_000));
        Socket other = send(
                "PUT",
                URI.create(user.api()
                        .post(
                                "/api/v1/storage/presigned-url",
                                Map.of("filename", "lost.txt", "mimeType", "text/plain", "size", CONTENT.length))
                        .body()
                        .path("uploadUrl")
                        .asString()),
                CONTENT.length,
                "Content-Type: text/plain\r\n",
                Arrays.copyOf(CONTENT, CONTENT.length / 2));
        Until.satisfied(() -> assertThat(offset()).isGreaterThan(offset));
        return List.of(resumable, other);
    }

    private static Socket send(String method, URI address, long length, String headers, byte[] part)
            throws IOException {
        Socket socket = new Socket(address.getHost(), address.getPort());
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        socket.getOutputStream()
                .write((method + " " + address.getRawPath() + query + " HTTP/1.1\r\nHost: localhost\r\n" + headers
                                + "Content-Length: " + length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(part);
        socket.getOutputStream().flush();
        return socket;
    }

    /**
     * Sends the rest, and checks that the file is right, and that nothing else is left, neither contents nor halves of them.
     */
    void finish(Path data) throws Exception {
        assertThat(offset()).as("what came before the kills counts").isPositive();
        String[] fileId = new String[1];
        // The request that was killed may be in the way for some seconds.
        Until.satisfied(() -> {
            long offset = offset();
            HttpResponse<String> sent = HTTP.send(
                    request(user, upload)
                            .header("Upload-Offset", Long.toString(offset))
                            .header("Content-Type", "application/offset+octet-stream")
                            .method(
                                    "PATCH",
                                    BodyPublishers.ofByteArray(CONTENT, (int) offset, CONTENT.length - (int) offset))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(sent.statusCode()).as(sent.body()).isEqualTo(204);
            fileId[0] = sent.headers().firstValue("Upload-Location-Id").orElseThrow();
        });
        assertThat(user.get("/api/v1/storage/files/" + fileId[0]).path("sha256").asString())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(CONTENT)));
        Until.satisfied(() -> {
            try (Stream<Path> stored = Files.walk(data.resolve("files"))) {
                assertThat(stored.filter(Files::isRegularFile)).hasSize(1);
            }
        });
    }

    private long offset() throws IOException, InterruptedException {
        HttpResponse<Void> asked = HTTP.send(
                request(user, upload).method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.discarding());
        return asked.headers().firstValueAsLong("Upload-Offset").orElseThrow();
    }

    private static HttpRequest.Builder request(ChatUser user, String path) {
        return HttpRequest.newBuilder(URI.create(user.baseUrl() + path))
                .header("Authorization", "Bearer " + user.accessToken())
                .header("Tus-Resumable", "1.0.0")
                .timeout(Duration.ofSeconds(30));
    }
}
