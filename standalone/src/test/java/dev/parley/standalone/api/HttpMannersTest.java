package dev.parley.standalone.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.Ids;
import dev.parley.standalone.ChatUser;
import dev.parley.standalone.RunningPlatform;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How the whole API takes what HTTP says of requests, whichever service answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpMannersTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND");

    private final String baseUrl = RunningPlatform.baseUrl();
    private final ChatUser alice = ChatUser.register(baseUrl, "Alice");
    private final ChatUser bob = ChatUser.register(baseUrl, "Bob");
    private final String group = alice.groupWith(bob);
    private final String message = alice.send(group, "hello").path("id").asString();

    /** Where nothing is but a path. */
    private static String made(String path) {
        return path.replaceAll("\\{\\w+}", "x");
    }

    /** Where something is, as far as there is something of the kind. */
    private String real(String path) {
        return made(path.replace("{conversationId}", group)
                .replace("{messageId}", message)
                .replace("{userId}", bob.id())
                .replace("{emoji}", "%F0%9F%91%8D"));
    }

    static Stream<String> paths() {
        return ApiContract.operations().stream()
                .map(ApiContract.Operation::path)
                .distinct();
    }

    private static Set<String> methodsOf(String path) {
        return ApiContract.operations().stream()
                .filter(operation -> operation.matches(operation.method(), made(path)))
                .map(ApiContract.Operation::method)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> allow(HttpResponse<String> answer) {
        return Arrays.stream(answer.headers().firstValue("Allow").orElse("").split(", *"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> allowedAt(String path) {
        Set<String> allowed = new TreeSet<>(methodsOf(path));
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        allowed.add("OPTIONS");
        return allowed;
    }

    @Test
    void aMethodThatAPathLacksIsNamedSoWithThoseItHasWhoeverAsks() throws Exception {
        List<String> paths = paths().toList();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            List<String> lacking = METHODS.stream()
                    .filter(method -> !methodsOf(path).contains(method))
                    .toList();
            for (String method : lacking) {
                checkLacking(wrong, path, method, request(made(path), alice));
            }
            // Of strangers only so many bad requests are answered at once.
            checkLacking(wrong, path, lacking.get(i % lacking.size()), request(made(path), null));
            checkLacking(
                    wrong,
                    path,
                    lacking.get((i + 1) % lacking.size()),
                    request(made(path), null).header("Authorization", "Bearer nonsense"));
        }
        assertThat(wrong).isEmpty();
    }

    private static void checkLacking(List<String> wrong, String path, String method, HttpRequest.Builder request)
            throws Exception {
        HttpResponse<String> answer = send(request.method(method, BodyPublishers.noBody()));
        if (answer.statusCode() != 405
                || !allow(answer).equals(allowedAt(path))
                || !answer.body().contains("request.method-not-allowed")) {
            wrong.add(method + " " + path + ": " + answer.statusCode() + " " + allow(answer) + " " + answer.body());
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void whoAsksForTheMethodsOfAPathIsToldThem(String path) throws Exception {
        for (ChatUser asker : Arrays.asList(null, alice)) {
            HttpResponse<String> answer = send(request(made(path), asker).method("OPTIONS", BodyPublishers.noBody()));

            assertThat(answer.statusCode()).isIn(200, 204);
            assertThat(allow(answer)).isEqualTo(allowedAt(path));
        }
    }

    /** Here no other site may use the platform. */
    @ParameterizedTest
    @MethodSource("paths")
    void aBrowserThatAsksForAnotherSitesPageIsToldNo(String path) throws Exception {
        for (String method : methodsOf(path)) {
            for (String prefix : List.of("", "/chat-api")) {
                HttpResponse<String> answer = send(request(prefix + made(path), null)
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", "https://evil.example")
                        .header("Access-Control-Request-Method", method)
                        .header("Access-Control-Request-Headers", "authorization"));

                assertThat(answer.statusCode()).as("%s %s", method, path).isEqualTo(403);
                assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
                assertThat(code(answer)).isEqualTo("auth.forbidden");
            }
        }
    }

    @Test
    void aPageOfThePlatformItselfMayAskAndUseIt() throws Exception {
        HttpResponse<String> asks = send(request("/api/v1/users/me", null)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", baseUrl)
                .header("Access-Control-Request-Method", "PATCH"));
        HttpResponse<String> uses = send(request("/api/v1/users/me", alice).header("Origin", baseUrl));
        HttpResponse<String> other = send(request("/api/v1/users/me", alice).header("Origin", "https://app.example"));

        assertThat(asks.statusCode()).isEqualTo(200);
        assertThat(uses.statusCode()).isEqualTo(200);
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    static Stream<ApiContract.Operation> writes() {
        return ApiContract.operations().stream()
                .filter(operation -> !operation.method().equals("GET"));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void whoTakesNoJsonIsRefusedBeforeAnythingChanges(ApiContract.Operation write) throws Exception {
        String username = "accept-" + Ids.next().substring(24);
        Map<String, Object> body = goodBody(write, username);
        String before = state();
        for (String accept : List.of("image/*", "image/png, text/html;q=0.9", "application/json;q=0", "nonsense")) {
            HttpResponse<String> refused = send(json(write.method(), real(write.path()), body)
                    .header("Authorization", "Bearer " + alice.accessToken())
                    .header("Accept", accept));

            assertThat(refused.statusCode())
                    .as("%s: %s", accept, refused.body())
                    .isEqualTo(406);
            assertThat(code(refused)).isEqualTo("request.not-acceptable");
        }
        assertThat(state()).isEqualTo(before);
        assertThat(login(Map.of("email", username + "@example.org", "password", ChatUser.PASSWORD))
                        .statusCode())
                .isEqualTo(401);
    }

    private Map<String, Object> goodBody(ApiContract.Operation write, String username) {
        return switch (write.definition().path("operationId").asString()) {
            case "register" ->
                Map.of("email", username + "@example.org", "username", username, "password", ChatUser.PASSWORD);
            case "createGroup" -> Map.of("name", "Unmade", "participantIds", List.of(bob.id()));
            case "openDirect" -> Map.of("userId", bob.id());
            case "changeMe" -> Map.of("displayName", "Changed");
            case "changePreferences" -> Map.of("soundEnabled", false);
            default ->
                Map.of(
                        "text",
                        "changed",
                        "emoji",
                        "\uD83D\uDC4D",
                        "role",
                        "admin",
                        "name",
                        "Changed",
                        "userIds",
                        List.of(bob.id()));
        };
    }

    private String state() {
        return Stream.of(
                                "/api/v1/conversations/" + group,
                                "/api/v1/conversations/" + group + "/messages",
                                "/api/v1/messages/starred",
                                "/api/v1/users/me",
                                "/api/v1/users/me/preferences")
                        .map(path -> alice.get(path).toString().replaceAll("\"deliveryStatus\":\"[a-z]*\"", ""))
                        .collect(Collectors.joining("\n"))
                + "\n" + alice.get("/api/v1/conversations").path("data").size();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*",
                "application/json, text/plain, */*",
                "application/problem+json",
                "",
                "text/html, */*;q=0.1"
            })
    void whoTakesJsonAmongOthersIsServed(String accept) throws Exception {
        HttpResponse<String> answer =
                send(json("POST", "/api/v1/conversations/" + group + "/messages", Map.of("text", "accepted"))
                        .header("Authorization", "Bearer " + alice.accessToken())
                        .header("Accept", accept));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(JSON.readTree(answer.body()).at("/content/text").asString()).isEqualTo("accepted");
    }

    static Stream<ApiContract.Operation> writesThatEndNoSession() {
        return writes().filter(write -> !write.path().contains("/logout"));
    }

    @Test
    void oneSignsOutWithAFormThatIsEmpty() throws Exception {
        for (String path : List.of("/api/v1/auth/logout", "/api/v1/auth/logout-all")) {
            HttpResponse<String> out = send(request(path, ChatUser.register(baseUrl, "Leaver"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("")));

            assertThat(out.statusCode()).as(out.body()).isEqualTo(204);
        }
    }

    @ParameterizedTest
    @MethodSource("writesThatEndNoSession")
    void theTypeOfABodyThatIsNotThereDoesNotCount(ApiContract.Operation write) throws Exception {
        for (String type :
                List.of("application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain", "json")) {
            for (HttpRequest.BodyPublisher none : List.of(BodyPublishers.noBody(), BodyPublishers.ofString(""))) {
                HttpResponse<String> plain =
                        send(request(made(write.path()), alice).method(write.method(), none));
                HttpResponse<String> typed = send(request(made(write.path()), alice)
                        .header("Content-Type", type)
                        .method(write.method(), none));

                assertThat(typed.statusCode()).as("%s: %s", type, typed.body()).isEqualTo(plain.statusCode());
            }
        }
    }

    @Test
    void aFormIsNoJson() throws Exception {
        HttpResponse<String> refused = send(request("/api/v1/conversations/" + group + "/messages", alice)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("text=hello")));

        assertThat(refused.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/users/me, 200",
        "/api/v1/conversations, 200",
        "/api/v1/messages/starred?page=1, 200",
        "/api/v1/users/{userId}/last-seen, 200",
        "/api/v1/conversations/{conversationId}/messages?limit=1, 200",
        "/api/v1/messages/nothing, 404",
        "/api/v1/nothing, 404"
    })
    void theApiIsAlsoUnderThePrefixOfSockets(String path, int status) throws Exception {
        HttpResponse<String> there = send(request("/chat-api" + real(path), alice));
        HttpResponse<String> here = send(request(real(path), alice));

        assertThat(there.statusCode()).isEqualTo(status);
        if (status == 200) {
            assertThat(JSON.readTree(there.body())).isEqualTo(JSON.readTree(here.body()));
        } else {
            assertThat(code(there)).isEqualTo(code(here));
            assertThat(JSON.readTree(there.body()).path("statusCode").asInt()).isEqualTo(status);
        }
        assertThat(code(send(request("/chat-api" + real(path), null)))).isEqualTo("auth.token-missing");
    }

    @Test
    void oneSignsInAndWritesUnderThePrefixToo() throws Exception {
        HttpResponse<String> in = send(json(
                "POST", "/chat-api/api/v1/auth/login", Map.of("email", bob.email(), "password", ChatUser.PASSWORD)));
        String token = JSON.readTree(in.body()).at("/tokens/accessToken").asString();
        HttpResponse<String> sent =
                send(json("POST", "/chat-api/api/v1/conversations/" + group + "/messages", Map.of("text", "from there"))
                        .header("Authorization", "Bearer " + token));

        assertThat(in.statusCode()).isEqualTo(200);
        assertThat(sent.statusCode()).isEqualTo(201);
        assertThat(alice.get("/api/v1/messages/"
                                + JSON.readTree(sent.body()).path("id").asString())
                        .at("/content/text")
                        .asString())
                .isEqualTo("from there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/chat-api/internal/users",
                "/chat-api/actuator/prometheus",
                "/chat-apix/api/v1/users/me",
                "/chat-api/chat-api/api/v1/users/me"
            })
    void nothingElseIsUnderThePrefix(String path) throws Exception {
        assertThat(send(request(path, alice)).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/users/me",
                "/api/v1/conversations",
                "/api/v1/messages/starred",
                "/api/v1/users/{userId}/last-seen"
            })
    void anEmptyHeaderSaysNothingAndAnotherOneIsRefused(String path) throws Exception {
        for (String header : List.of("x-user-id", "X-Tenant-ID")) {
            String right = header.equals("x-user-id") ? alice.id() : "default";
            assertThat(send(request(real(path), alice).header(header, "")).statusCode())
                    .as(header)
                    .isEqualTo(200);
            assertThat(send(request(real(path), alice).header(header, right)).statusCode())
                    .as(header)
                    .isEqualTo(200);
            for (HttpRequest.Builder wrong : List.of(
                    request(real(path), alice).header(header, "other"),
                    request(real(path), alice).header(header, right).header(header, "other"))) {
                HttpResponse<String> refused = send(wrong);
                assertThat(refused.statusCode()).as(header).isEqualTo(403);
                assertThat(code(refused)).isEqualTo("auth.header-mismatch");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/config",
                "/api/v1/users/me",
                "/api/v1/conversations",
                "/api/v1/messages/starred",
                "/api/v1/users/{userId}/last-seen"
            })
    void headersUpToTheLimitAreTakenAndLargerOnesGetAProblem(String path) throws Exception {
        HttpResponse<String> taken = send(request(real(path), alice).header("X-Padding", "x".repeat(14 * 1024)));
        HttpResponse<String> refused = send(request(real(path), alice).header("X-Padding", "x".repeat(17 * 1024)));

        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(refused.statusCode()).isEqualTo(431);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(code(refused)).isEqualTo("request.headers-too-large");
        assertThat(JSON.readTree(refused.body()).path("statusCode").asInt()).isEqualTo(431);
        assertThat(JSON.readTree(refused.body()).path("instance").asString()).isEqualTo(real(path));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, north, north",
                "north, -, north",
                "north, north, north",
                "-, -, default",
                "-, '', default",
                "north, '', north"
            })
    void theTenantIsTheBodysElseTheHeadersElseTheDefault(String inBody, String inHeader, String tenant)
            throws Exception {
        String username = "tenant-" + Ids.next().substring(24);
        Map<String, Object> credentials =
                new HashMap<>(Map.of("email", username + "@example.org", "password", ChatUser.PASSWORD));
        if (inBody != null) {
            credentials.put("tenantId", inBody);
        }
        Map<String, Object> registration = new HashMap<>(credentials);
        registration.put("username", username);

        HttpResponse<String> registered = withTenant("/api/v1/auth/register", registration, inHeader);
        HttpResponse<String> signedIn = withTenant("/api/v1/auth/login", credentials, inHeader);

        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
        assertThat(JSON.readTree(registered.body()).at("/user/tenantId").asString())
                .isEqualTo(tenant);
        assertThat(signedIn.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(signedIn.body()).at("/user/tenantId").asString())
                .isEqualTo(tenant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/auth/register", "/api/v1/auth/login"})
    void twoTenantsThatDifferAreRefused(String path) throws Exception {
        Map<String, Object> body =
                Map.of("email", bob.email(), "password", ChatUser.PASSWORD, "username", "x", "tenantId", "default");
        HttpResponse<String> refused = withTenant(path, body, "north");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(code(refused)).isEqualTo("auth.header-mismatch");
    }

    @Test
    void theDocumentsAreServedAsJson() throws Exception {
        for (Document document : List.of(ApiContract.DOCUMENT, EventContract.DOCUMENT)) {
            String name = document == ApiContract.DOCUMENT ? "openapi" : "asyncapi";
            HttpResponse<String> served = send(request("/docs/" + name + ".json", null));

            assertThat(served.statusCode()).isEqualTo(200);
            assertThat(served.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
            assertThat(served.body()).isEqualTo(document.root().toString());
        }
    }

    private HttpResponse<String> withTenant(String path, Map<String, Object> body, String tenant) throws Exception {
        HttpRequest.Builder request = json("POST", path, body);
        return send(tenant == null ? request : request.header("X-Tenant-ID", tenant));
    }

    private HttpResponse<String> login(Map<String, Object> credentials) throws Exception {
        return send(json("POST", "/api/v1/auth/login", credentials));
    }

    private HttpRequest.Builder json(String method, String path, Map<String, Object> body) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    private HttpRequest.Builder request(String path, ChatUser asker) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path));
        return asker == null ? request : request.header("Authorization", "Bearer " + asker.accessToken());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String code(HttpResponse<String> answer) {
        JsonNode body = JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
        return body.path("code").asString("");
    }
}
