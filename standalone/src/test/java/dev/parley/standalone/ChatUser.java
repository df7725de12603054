package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.Until;
import dev.parley.standalone.api.ApiContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A registered user of a running platform. */
public record ChatUser(
        String baseUrl, String id, String username, String email, String accessToken, String refreshToken) {

    public static final String PASSWORD = "correct horse battery";

    public static ChatUser register(String baseUrl, String name) {
        return register(baseUrl, name, "default");
    }

    /** Like {@link #register(String, String)}, in another tenant. */
    public static ChatUser register(String baseUrl, String name, String tenantId) {
        String username = name + "-" + Ids.next().substring(24);
        String email = username + "@example.org";
        ApiClient nobody = ApiContract.client(baseUrl, "none").with("Idempotency-Key", username);
        Map<String, String> registration = Map.of(
                "email", email, "password", PASSWORD, "username", username, "displayName", name, "tenantId", tenantId);
        AtomicReference<Answer> last = new AtomicReference<>();
        // A platform that has just started on a busy machine may want a client to come again.
        Until.satisfied(() -> {
            last.set(nobody.post("/api/v1/auth/register", registration));
            assertThat(last.get().code()).isNotEqualTo("service.unavailable");
        });
        Answer registered = last.get();
        assertThat(registered.status()).as("%s", registered.body()).isIn(200, 201);
        JsonNode tokens = registered.body().path("tokens");
        return new ChatUser(
                baseUrl,
                registered.body().path("user").path("id").asString(),
                username,
                email,
                tokens.path("accessToken").asString(),
                tokens.path("refreshToken").asString());
    }

    /** The name that {@link #register} was given. */
    public String displayName() {
        return username.substring(0, username.lastIndexOf('-'));
    }

    public ApiClient api() {
        return ApiContract.client(baseUrl, accessToken);
    }

    ChatSocket connect() {
        return new ChatSocket(baseUrl, "/socket.io", accessToken, "websocket").connect();
    }

    ChatSocket connect(String path, String... transports) {
        return new ChatSocket(baseUrl, path, accessToken, transports).connect();
    }

    public String directWith(ChatUser other) {
        return created(api().post("/api/v1/conversations/direct", Map.of("userId", other.id())));
    }

    public String groupWith(ChatUser... others) {
        List<String> ids = java.util.Arrays.stream(others).map(ChatUser::id).toList();
        return created(api().post("/api/v1/conversations/group", Map.of("name", "Group", "participantIds", ids)));
    }

    /** Like {@link #get}, for much: it is not held against the documentation, and asked for again while the platform is busy. */
    public JsonNode fetch(String path) {
        return again(client -> client.get(path), path);
    }

    private JsonNode again(Function<ApiClient, Answer> call, String request) {
        ApiClient client = new ApiClient(baseUrl, accessToken);
        AtomicReference<Answer> last = new AtomicReference<>();
        Until.satisfied(() -> {
            last.set(call.apply(client));
            assertThat(last.get().code()).isNotEqualTo("service.unavailable");
        });
        return good(last.get(), request);
    }

    /** Like a call of {@link #api}, and the answer must be good. */
    public JsonNode get(String path) {
        return good(api().get(path), path);
    }

    public JsonNode call(String method, String path, Map<String, ?> body) {
        return good(api().call(method, path, body), method + " " + path);
    }

    private static JsonNode good(Answer answer, String request) {
        assertThat(answer.status()).as("%s: %s", request, answer.body()).isBetween(200, 299);
        return answer.body();
    }

    /** Sends a text, and gives the stored message. */
    public JsonNode send(String conversationId, String text) {
        return call("POST", "/api/v1/conversations/" + conversationId + "/messages", Map.of("text", text));
    }

    /** Reads up to the newest message. */
    void read(String conversationId) {
        call("POST", "/api/v1/conversations/" + conversationId + "/read", Map.of());
    }

    long unread(String conversationId) {
        return get("/api/v1/conversations/" + conversationId + "/unread")
                .path("unreadCount")
                .asLong();
    }

    long totalUnread() {
        return get("/api/v1/conversations/unread").path("totalUnread").asLong();
    }

    /** A conversation as the user's list shows it; missing if it is not there. */
    JsonNode listed(String conversationId) {
        return get("/api/v1/conversations")
                .path("data")
                .valueStream()
                .filter(one -> one.path("id").asString().equals(conversationId))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** What the user sees of a conversation's messages, newest first, without what the platform itself says. */
    List<String> texts(String conversationId) {
        return history(conversationId).stream()
                .filter(message ->
                        !message.path("content").path("type").asString().equals("system"))
                .map(message -> message.path("content").path("text").asString(""))
                .toList();
    }

    private static String created(Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isIn(200, 201);
        return answer.body().path("id").asString();
    }

    /** The newest messages of a conversation, newest first. */
    List<JsonNode> history(String conversationId) {
        Answer answer = api().get("/api/v1/conversations/" + conversationId + "/messages?limit=100");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body().path("data").valueStream().toList();
    }

    /** All messages of a conversation that the user sees, page by page over REST, oldest first. */
    public List<JsonNode> wholeHistory(String conversation) {
        String path = "/api/v1/conversations/" + conversation + "/messages?limit=100&direction=after";
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        for (boolean more = true; more; ) {
            JsonNode page = fetch(path + cursor);
            List<JsonNode> messages =
                    new ArrayList<>(page.path("data").valueStream().toList());
            Collections.reverse(messages);
            all.addAll(messages);
            more = page.path("meta").path("hasMore").asBoolean();
            cursor = "&cursor=" + page.path("meta").path("prevCursor").asString();
        }
        return all;
    }

    /** The same user, who signs in with the password at another platform. */
    ChatUser signedInAt(String otherUrl) {
        JsonNode tokens = new ChatUser(otherUrl, id, username, email, "none", "none")
                .again(
                        nobody -> nobody.post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD)),
                        "sign in")
                .path("tokens");
        return new ChatUser(
                otherUrl,
                id,
                username,
                email,
                tokens.path("accessToken").asString(),
                tokens.path("refreshToken").asString());
    }
}
