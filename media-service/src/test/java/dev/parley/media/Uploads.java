package dev.parley.media;

import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Uploads as clients do it. */
public final class Uploads {

    /** The smallest PNG there is, of one pixel. */
    public static final byte[] PNG = HexFormat.of()
            .parseHex("89504e470d0a1a0a0000000d4948445200000001000000010806000000" + "1f15c4890000000d49444154789c6360"
                    + "606060000000050001a5f645400000000049454e44ae426082");

    private static final String BOUNDARY = "the-boundary-of-the-tests";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String baseUrl;

    /** @param baseUrl of the service, without a slash at the end */
    public Uploads(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public static Map<String, Object> png() {
        return file("photo.png", "image/png", PNG.length);
    }

    public static Map<String, Object> file(String filename, String mimeType, long size) {
        return new HashMap<>(Map.of("filename", filename, "mimeType", mimeType, "size", size));
    }

    public static Answer presign(ApiClient user, Map<String, ?> file) {
        return user.post("/api/v1/storage/presigned-url", file);
    }

    public static Answer confirm(ApiClient user, String fileId) {
        return user.post("/api/v1/storage/files/" + fileId + "/confirm", Map.of());
    }

    /** Announces, uploads and confirms a picture. */
    public String ready(ApiClient user) {
        return ready(user, Map.of());
    }

    /** @param more of what is declared */
    public String ready(ApiClient user, Map<String, ?> more) {
        Map<String, Object> file = png();
        file.putAll(more);
        JsonNode presigned = presign(user, file).body();
        put(presigned.path("uploadUrl").asString(), PNG);
        Answer confirmed = confirm(user, presigned.path("fileId").asString());
        if (confirmed.status() != 200) {
            throw new IllegalStateException(confirmed.toString());
        }
        return presigned.path("fileId").asString();
    }

    /** Sends a bare content to an address that was given for it. */
    public Answer put(String uploadUrl, byte[] content) {
        return send(HttpRequest.newBuilder(here(uploadUrl)).PUT(BodyPublishers.ofByteArray(content)));
    }

    /** Sends a form to such an address. */
    public Answer postForm(String uploadUrl, byte[] form) {
        return send(form(here(uploadUrl), form));
    }

    /** Sends a form to a path of the API. */
    public Answer postForm(String path, String token, byte[] form) {
        return send(form(URI.create(baseUrl + path), form).header("Authorization", "Bearer " + token));
    }

    /** The same with {@code PUT}. */
    public Answer putForm(String path, String token, byte[] form) {
        return send(form(URI.create(baseUrl + path), form)
                .PUT(BodyPublishers.ofByteArray(form))
                .header("Authorization", "Bearer " + token));
    }

    private static HttpRequest.Builder form(URI address, byte[] form) {
        return HttpRequest.newBuilder(address)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(form));
    }

    /** The address on the service under test: the public one is the gateway's. */
    public URI here(String publicUrl) {
        URI address = URI.create(publicUrl);
        return URI.create(baseUrl + address.getRawPath() + "?" + address.getRawQuery());
    }

    public static byte[] filePart(String filename, String mimeType, byte[] content) {
        return part("name=\"file\"; filename=\"" + filename + "\"\r\nContent-Type: " + mimeType, content);
    }

    public static byte[] field(String name, String value) {
        return part("name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] part(String head, byte[] content) {
        return joined(
                text("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + head + "\r\n\r\n"),
                content,
                text("\r\n"));
    }

    public static byte[] form(byte[]... parts) {
        return joined(joined(parts), text("--" + BOUNDARY + "--\r\n"));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
            String body = response.body().isEmpty() ? "{}" : response.body();
            return new Answer(response.statusCode(), JsonMapper.shared().readTree(body));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
