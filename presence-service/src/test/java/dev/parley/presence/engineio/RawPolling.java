package dev.parley.presence.engineio;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP long polling by hand, for one session. All waiting is bounded. */
public final class RawPolling {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI session;
    private final JsonNode handshake;

    private RawPolling(URI session, JsonNode handshake) {
        this.session = session;
        this.handshake = handshake;
    }

    /** Opens a session; {@code base} is the path with its slash at the end. */
    public static RawPolling open(URI base) {
        URI uri = base.resolve("?EIO=4&transport=polling");
        String body = call("GET", uri, "").body();
        JsonNode handshake = JsonMapper.shared().readTree(body.substring(1));
        return new RawPolling(URI.create(uri + "&sid=" + handshake.get("sid").asString()), handshake);
    }

    public JsonNode handshake() {
        return handshake;
    }

    public String id() {
        return handshake.get("sid").asString();
    }

    public HttpResponse<String> poll() {
        return call("GET", session, "");
    }

    public CompletableFuture<HttpResponse<String>> pollLater() {
        return CLIENT.sendAsync(request("GET", session, ""), BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String body) {
        return call("POST", session, body);
    }

    public static HttpResponse<String> call(String method, URI uri, String body) {
        try {
            return CLIENT.send(request(method, uri, body), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest request(String method, URI uri, String body) {
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(10))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }
}
