package dev.parley.bench.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.bson.Document;

/** A user of a running platform, who uses its REST API. */
public record ChatClient(String baseUrl, String id, String token) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int OK_BELOW = 300;

    /** @param baseUrl the gateway, such as {@code http://localhost:8080} */
    public static ChatClient register(String baseUrl) {
        String name = "bench-" + UUID.randomUUID();
        Document reply = call(
                baseUrl,
                "none",
                "POST",
                "/api/v1/auth/register",
                new Document("email", name + "@example.org")
                        .append("password", "correct horse battery")
                        .append("username", name.substring(0, 30))
                        .append("tenantId", "default"));
        return new ChatClient(
                baseUrl,
                reply.get("user", Document.class).getString("id"),
                reply.get("tokens", Document.class).getString("accessToken"));
    }

    /** Creates a group with these users and returns its id. */
    public String group(List<String> others) {
        return call(
                        "POST",
                        "/api/v1/conversations/group",
                        new Document("name", "Bench").append("participantIds", others))
                .getString("id");
    }

    public void add(String conversation, List<String> others) {
        call("POST", "/api/v1/conversations/" + conversation + "/participants", new Document("userIds", others));
    }

    public void send(String conversation, String text) {
        call("POST", "/api/v1/conversations/" + conversation + "/messages", new Document("text", text));
    }

    public Document call(String method, String path, Document body) {
        return call(baseUrl, token, method, path, body);
    }

    private static Document call(String baseUrl, String token, String method, String path, Document body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token);
        request.method(
                method,
                method.equals("GET")
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body.toJson()));
        try {
            HttpResponse<String> reply = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (reply.statusCode() >= OK_BELOW) {
                throw new IllegalStateException(method + " " + path + ": " + reply.body());
            }
            return reply.body().startsWith("{") ? Document.parse(reply.body()) : new Document();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
