package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every endpoint, asked by those who may not and with what it does not take: refused clearly, and nothing changed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalTest {

    private static final String LONG = "x".repeat(20_000);
    private static final String UNKNOWN = "01a00000-0000-7000-8000-000000000000";

    /**
     * An endpoint.
     *
     * @param path {@code {c}} stands for a conversation, {@code {m}} for a message in it, {@code {u}} for a member
     * @param good a body that would be taken
     * @param read whether a former member may still ask
     * @param bad bodies that are refused, by the field that is named
     */
    record Endpoint(
            String method, String path, Map<String, ?> good, boolean read, Map<String, List<Map<String, ?>>> bad) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** Somebody who asks, and the answers that fit. */
    private record Asker(String name, ChatUser user, int readStatus, int changeStatus) {}

    private final String baseUrl = RunningPlatform.baseUrl();
    private ChatUser admin;
    private ChatUser member;
    private List<Asker> outsiders;
    private String conversation;
    private String direct;
    private String message;

    @BeforeAll
    void aGroupWithAMemberAFormerMemberAndThoseOutside() {
        admin = ChatUser.register(baseUrl, "Admin");
        member = ChatUser.register(baseUrl, "Member");
        ChatUser former = ChatUser.register(baseUrl, "Former");
        ChatUser stranger = ChatUser.register(baseUrl, "Stranger");
        ChatUser foreigner = ChatUser.register(baseUrl, "Foreigner", "elsewhere");
        conversation = admin.groupWith(member, former);
        direct = admin.directWith(member);
        message = admin.send(conversation, "hello").path("id").asString();
        admin.call("POST", "/api/v1/messages/" + message + "/reactions", Map.of("emoji", "👍"));
        admin.call("DELETE", "/api/v1/conversations/" + conversation + "/participants/" + former.id(), Map.of());
        outsiders = List.of(
                new Asker("stranger", stranger, 403, 403),
                new Asker("foreigner", foreigner, 404, 404),
                new Asker("former member", former, 200, 403));
    }

    static Stream<Endpoint> endpoints() {
        String c = "/api/v1/conversations/{c}";
        String m = "/api/v1/messages/{m}";
        return Stream.of(
                read("GET", c),
                read("GET", c + "/messages"),
                read("GET", c + "/messages/pinned"),
                read("GET", c + "/files"),
                read("GET", c + "/members"),
                read("GET", c + "/unread"),
                read("GET", c + "/last-read"),
                read("GET", "/api/v1/messages/search?query=hello&conversationId={c}"),
                read("GET", m),
                read("GET", m + "/receipts"),
                read("GET", m + "/edits"),
                change(
                        "PATCH",
                        c,
                        Map.of("name", "New"),
                        Map.of(
                                "name",
                                List.of(Map.of("name", 7), Map.of("name", " "), Map.of("name", LONG)),
                                "description",
                                List.of(Map.of("description", List.of()), Map.of("description", LONG)),
                                "settings",
                                List.of(Map.of("settings", "open")),
                                "settings.onlyAdminsCanMessage",
                                List.of(Map.of("settings", Map.of("onlyAdminsCanMessage", "yes"))),
                                "settings.messageConfig.editWindowSeconds",
                                List.of(
                                        Map.of("settings", Map.of("messageConfig", Map.of("editWindowSeconds", -1))),
                                        Map.of(
                                                "settings",
                                                Map.of("messageConfig", Map.of("editWindowSeconds", "long")))))),
                change(
                        "PUT",
                        c + "/icon",
                        Map.of("fileId", UNKNOWN),
                        Map.of("fileId", List.of(Map.of(), Map.of("fileId", 7), Map.of("fileId", LONG)))),
                change("DELETE", c + "/icon", Map.of(), Map.of()),
                change("GET", c + "/invitations", Map.of(), Map.of()),
                change(
                        "POST",
                        c + "/participants",
                        Map.of("userIds", List.of("{u}")),
                        Map.of(
                                "userIds",
                                List.of(Map.of(), Map.of("userIds", "x"), Map.of("userIds", List.of())),
                                "userIds[0]",
                                List.of(Map.of("userIds", List.of(7)), Map.of("userIds", List.of(UNKNOWN))),
                                "role",
                                List.of(Map.of("userIds", List.of("{u}"), "role", "king")))),
                change(
                        "PATCH",
                        c + "/participants/{u}",
                        Map.of("role", "admin"),
                        Map.of("role", List.of(Map.of(), Map.of("role", 1), Map.of("role", "king")))),
                change("DELETE", c + "/participants/{u}", Map.of(), Map.of()),
                change("POST", c + "/leave", Map.of(), Map.of("andDelete", List.of(Map.of("andDelete", "yes")))),
                change(
                        "POST",
                        c + "/messages",
                        Map.of("text", "hi"),
                        Map.of(
                                "text",
                                List.of(Map.of("text", 7), Map.of("text", LONG)),
                                "attachments",
                                List.of(Map.of("attachments", "x")),
                                "attachments[0].type",
                                List.of(Map.of("attachments", List.of(Map.of()))),
                                "tempId",
                                List.of(Map.of("text", "x", "tempId", LONG)),
                                "replyTo",
                                List.of(Map.of("text", "x", "replyTo", 7)))),
                change(
                        "PATCH",
                        m,
                        Map.of("text", "changed"),
                        Map.of("text", List.of(Map.of(), Map.of("text", 7), Map.of("text", ""), Map.of("text", LONG)))),
                change("DELETE", m, Map.of(), Map.of()),
                change(
                        "POST",
                        m + "/reactions",
                        Map.of("emoji", "👎"),
                        Map.of("emoji", List.of(Map.of(), Map.of("emoji", 7), Map.of("emoji", LONG)))),
                change("DELETE", m + "/reactions/👍", Map.of(), Map.of()),
                change("POST", m + "/pin", Map.of(), Map.of()),
                change("DELETE", m + "/pin", Map.of(), Map.of()));
    }

    /** What a former member may still do: it concerns nobody else. */
    static Stream<Endpoint> ownEndpoints() {
        String c = "/api/v1/conversations/{c}";
        String m = "/api/v1/messages/{m}";
        return Stream.of(
                read("POST", c + "/read"),
                read("DELETE", c + "/messages"),
                read("DELETE", m + "/me"),
                read("POST", m + "/star"),
                read("DELETE", m + "/star"),
                change(
                        "POST",
                        c + "/mute",
                        Map.of(),
                        Map.of(
                                "mutedUntil",
                                List.of(
                                        Map.of("mutedUntil", "tomorrow"),
                                        Map.of("mutedUntil", 7),
                                        Map.of("mutedUntil", "2001-01-01T00:00:00Z")))),
                change("DELETE", c + "/mute", Map.of(), Map.of()),
                change("POST", c + "/pin", Map.of(), Map.of()),
                change("DELETE", c + "/pin", Map.of(), Map.of()));
    }

    /** Of the asker alone: they are about nothing that others could not see. */
    static Stream<Endpoint> profileEndpoints() {
        Map<String, ?> hours = Map.of("enabled", 1, "start", "24:00", "end", "7:00", "timezone", "Mars/Base");
        return Stream.of(
                change(
                        "PATCH",
                        "/api/v1/users/me",
                        Map.of(),
                        Map.of(
                                "displayName",
                                List.of(Map.of("displayName", ""), Map.of("displayName", 7)),
                                "phone",
                                List.of(Map.of("phone", LONG)))),
                read("GET", "/api/v1/users/me/preferences"),
                change(
                        "PATCH",
                        "/api/v1/users/me/preferences",
                        Map.of(),
                        Map.of(
                                "soundEnabled",
                                List.of(Map.of("soundEnabled", "no"), Map.of("soundEnabled", 0)),
                                "lastSeenVisibility",
                                List.of(Map.of("lastSeenVisibility", "friends"), Map.of("lastSeenVisibility", 7)),
                                "quietHours",
                                List.of(Map.of("quietHours", "always")),
                                "quietHours.enabled",
                                List.of(Map.of("quietHours", hours)),
                                "quietHours.start",
                                List.of(Map.of("quietHours", hours), Map.of("quietHours", Map.of())),
                                "quietHours.timezone",
                                List.of(Map.of("quietHours", hours)))));
    }

    static Stream<Endpoint> everyEndpoint() {
        return Stream.concat(all(), profileEndpoints());
    }

    static Stream<Endpoint> all() {
        return Stream.concat(endpoints(), ownEndpoints());
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void refusesThoseOutsideAndChangesNothing(Endpoint endpoint) {
        String before = state();
        for (Asker asker : outsiders) {
            Answer answer = ask(asker.user(), endpoint, endpoint.good(), conversation, message);
            int expected = endpoint.read() ? asker.readStatus() : asker.changeStatus();
            assertThat(answer.status())
                    .as("%s by a %s: %s", endpoint, asker.name(), answer.body())
                    .isEqualTo(expected);
            assertProblem(answer);
        }
        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("ownEndpoints")
    void refusesStrangersWhatMembersDoForThemselves(Endpoint endpoint) {
        String before = state();
        for (Asker asker : outsiders.subList(0, 2)) {
            Answer answer = ask(asker.user(), endpoint, endpoint.good(), conversation, message);
            assertThat(answer.status()).as("%s by a %s", endpoint, asker.name()).isEqualTo(asker.changeStatus());
            assertProblem(answer);
        }
        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("all")
    void findsNothingThatIsNotThere(Endpoint endpoint) {
        Answer answer = ask(admin, endpoint, endpoint.good(), UNKNOWN, UNKNOWN);
        assertThat(answer.status()).as("%s: %s", endpoint, answer.body()).isEqualTo(404);
        assertProblem(answer);
    }

    @ParameterizedTest
    @MethodSource("everyEndpoint")
    void asksForAToken(Endpoint endpoint) {
        String path = endpoint.path()
                .replace("{c}", conversation)
                .replace("{m}", message)
                .replace("{u}", member.id());
        Answer answer = new ApiClient(baseUrl, "none").call(endpoint.method(), path, endpoint.good());
        assertThat(answer.status()).isEqualTo(401);
        assertProblem(answer);
    }

    @ParameterizedTest
    @MethodSource("everyEndpoint")
    void namesEveryFieldThatIsWrongAndChangesNothing(Endpoint endpoint) {
        String before = state();
        endpoint.bad()
                .forEach((field, bodies) -> bodies.forEach(body -> {
                    Answer answer = ask(admin, endpoint, body, conversation, message);
                    assertThat(answer.status())
                            .as("%s %s: %s", endpoint, abbreviated(body), answer.body())
                            .isEqualTo(400);
                    assertThat(answer.code()).isEqualTo("request.invalid");
                    assertThat(answer.body().path("errors").valueStream().map(error -> error.path("field")
                                    .asString()))
                            .as("%s %s", endpoint, abbreviated(body))
                            .contains(field);
                    assertProblem(answer);
                }));
        if (!endpoint.bad().isEmpty()) {
            Answer malformed = new ApiClient(baseUrl, admin.accessToken())
                    .callText(endpoint.method(), path(endpoint, conversation, message), "{\"half\":");
            assertThat(malformed.status()).as("%s", endpoint).isEqualTo(400);
            assertProblem(malformed);
        }
        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("plainMembersRefusals")
    void refusesAPlainMemberWhatIsForAdmins(Endpoint endpoint) {
        String before = state();
        Answer answer = ask(member, endpoint, endpoint.good(), conversation, message);
        assertThat(answer.status()).as("%s: %s", endpoint, answer.body()).isEqualTo(403);
        assertProblem(answer);
        assertThat(state()).isEqualTo(before);
    }

    static Stream<Endpoint> plainMembersRefusals() {
        String c = "/api/v1/conversations/{c}";
        return Stream.of(
                change("PATCH", c, Map.of("name", "Mine"), Map.of()),
                change("PUT", c + "/icon", Map.of("fileId", UNKNOWN), Map.of()),
                change("DELETE", c + "/icon", Map.of(), Map.of()),
                change("DELETE", c, Map.of(), Map.of()),
                change("PATCH", c + "/participants/{u}", Map.of("role", "admin"), Map.of()),
                change("PATCH", "/api/v1/messages/{m}", Map.of("text", "mine"), Map.of()),
                change("DELETE", "/api/v1/messages/{m}", Map.of(), Map.of()));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void namesEveryParameterThatIsWrong(String path, String parameter) {
        Answer answer = admin.api().get(path.replace("{c}", conversation));
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(400);
        assertThat(answer.body().path("errors").valueStream().map(error -> error.path("field")
                        .asString()))
                .as(path)
                .contains(parameter);
        assertProblem(answer);
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> queries() {
        List<String[]> rows = new ArrayList<>();
        for (String pages : List.of(
                "/api/v1/conversations?",
                "/api/v1/messages/starred?",
                "/api/v1/conversations/{c}/files?",
                "/api/v1/messages/search?query=x&",
                "/api/v1/users?")) {
            rows.add(new String[] {pages + "page=0", "page"});
            rows.add(new String[] {pages + "limit=many", "limit"});
        }
        for (String flag : List.of("isPinned", "isMuted", "hasUnread", "hasAttachments", "notificationsEnabled")) {
            rows.add(new String[] {"/api/v1/conversations?" + flag + "=maybe", flag});
        }
        rows.add(new String[] {"/api/v1/conversations?type=circle", "type"});
        rows.add(new String[] {"/api/v1/conversations?role=king", "role"});
        rows.add(new String[] {"/api/v1/conversations?attachmentType=smell", "attachmentType"});
        rows.add(new String[] {"/api/v1/conversations?search=" + "x".repeat(300), "search"});
        rows.add(new String[] {"/api/v1/conversations/{c}/messages?limit=101", "limit"});
        rows.add(new String[] {"/api/v1/conversations/{c}/messages?direction=up", "direction"});
        rows.add(new String[] {"/api/v1/conversations/{c}/files?type=smell", "type"});
        rows.add(new String[] {"/api/v1/messages/search", "query"});
        rows.add(new String[] {"/api/v1/messages/search?query=" + "x".repeat(300), "query"});
        return rows.stream().map(row -> org.junit.jupiter.params.provider.Arguments.of(row[0], row[1]));
    }

    private Answer ask(
            ChatUser asker, Endpoint endpoint, Map<String, ?> body, String inConversation, String onMessage) {
        return asker.api().call(endpoint.method(), path(endpoint, inConversation, onMessage), withMember(body));
    }

    private String path(Endpoint endpoint, String inConversation, String onMessage) {
        return endpoint.path()
                .replace("{c}", inConversation)
                .replace("{m}", onMessage)
                .replace("{u}", member.id());
    }

    private Map<String, ?> withMember(Map<String, ?> body) {
        return body.get("userIds") instanceof List<?> ids && ids.contains("{u}")
                ? Map.of(
                        "userIds", List.of(member.id()), "role", body.containsKey("role") ? body.get("role") : "member")
                : body;
    }

    /** All that members see, but for what their own reading moves. */
    private String state() {
        StringBuilder state = new StringBuilder();
        for (ChatUser user : List.of(admin, member)) {
            for (String path : List.of(
                    "/api/v1/conversations/" + conversation,
                    "/api/v1/conversations/" + direct,
                    "/api/v1/conversations/" + conversation + "/members",
                    "/api/v1/conversations/" + conversation + "/messages",
                    "/api/v1/messages/starred",
                    "/api/v1/users/me/preferences")) {
                state.append(path).append(' ').append(settled(user.get(path))).append('\n');
            }
        }
        return state.toString();
    }

    /** Delivery goes on by itself while a test runs. */
    private static String settled(JsonNode body) {
        return body.toString().replaceAll("\"deliveryStatus\":\"[a-z]*\"", "");
    }

    private static void assertProblem(Answer answer) {
        if (answer.status() < 400) {
            return;
        }
        JsonNode problem = answer.body();
        assertThat(problem.propertyNames())
                .as("%s", problem)
                .contains("type", "title", "status", "detail", "instance", "code", "message", "statusCode", "traceId");
        assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
        assertThat(problem.path("statusCode").asInt()).isEqualTo(answer.status());
        assertThat(problem.path("message")).isEqualTo(problem.path("detail"));
    }

    private static String abbreviated(Map<String, ?> body) {
        String text = body.toString();
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }

    private static Endpoint read(String method, String path) {
        return new Endpoint(method, path, Map.of(), true, Map.of());
    }

    private static Endpoint change(
            String method, String path, Map<String, ?> good, Map<String, List<Map<String, ?>>> bad) {
        return new Endpoint(method, path, good, false, bad);
    }
}
