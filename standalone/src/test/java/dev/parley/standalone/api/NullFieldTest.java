package dev.parley.standalone.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.standalone.ChatUser;
import dev.parley.standalone.ImageUpload;
import dev.parley.standalone.RunningPlatform;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON null in every field of every body, as the document says of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NullFieldTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * A field of a body.
     *
     * @param path its names and indices, such as {@code attachments/0/size}
     * @param clearable whether the document allows null
     */
    record BodyField(ApiContract.Operation operation, String path, boolean required, boolean clearable) {

        boolean ofPatch() {
            return operation.method().equals("PATCH");
        }

        /** As errors name it. */
        String name() {
            return path.replaceAll("/(\\d+)", "[$1]").replace('/', '.');
        }

        @Override
        public String toString() {
            return operation + " " + name();
        }
    }

    private final String baseUrl = RunningPlatform.baseUrl();
    private final ChatUser alice = ChatUser.register(baseUrl, "Alice");
    private final ChatUser bob = ChatUser.register(baseUrl, "Bob");
    private final String group = alice.groupWith(bob);
    private final String message = alice.send(group, "hello").path("id").asString();

    static Stream<BodyField> fields() {
        return ApiContract.operations().stream()
                .filter(operation -> operation.definition().has("requestBody"))
                .flatMap(operation -> fields(
                        operation,
                        "",
                        operation.definition().at("/requestBody/content/application~1json/schema"),
                        true));
    }

    private static Stream<BodyField> fields(
            ApiContract.Operation operation, String prefix, JsonNode schema, boolean required) {
        JsonNode object = withoutNull(ApiContract.DOCUMENT.resolve(schema));
        if (object.path("type").asString("").equals("array")) {
            return fields(operation, prefix + "0/", object.path("items"), true);
        }
        Set<String> needed =
                object.path("required").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
        return object.path("properties").propertyStream().flatMap(property -> {
            JsonNode definition = ApiContract.DOCUMENT.resolve(property.getValue());
            String path = prefix + property.getKey();
            return Stream.concat(
                    Stream.of(
                            new BodyField(operation, path, needed.contains(property.getKey()), allowsNull(definition))),
                    fields(operation, path + "/", definition, needed.contains(property.getKey())));
        });
    }

    private static boolean allowsNull(JsonNode schema) {
        return schema.path("type").valueStream().anyMatch(type -> type.asString()
                        .equals("null"))
                || schema.path("oneOf")
                        .valueStream()
                        .anyMatch(each -> each.path("type").asString("").equals("null"));
    }

    private static JsonNode withoutNull(JsonNode schema) {
        return schema.has("oneOf")
                ? ApiContract.DOCUMENT.resolve(schema.path("oneOf").get(0))
                : schema;
    }

    static Stream<BodyField> optionalOfCreates() {
        return fields().filter(field -> !field.required() && !field.ofPatch());
    }

    static Stream<BodyField> required() {
        return fields().filter(field -> field.required() && !isAnsweredByItself(field));
    }

    /** Of several files that are announced at once each is refused by itself, and the others are accepted. */
    private static boolean isAnsweredByItself(BodyField field) {
        return field.path().startsWith("files/");
    }

    static Stream<BodyField> ofPatches() {
        return fields().filter(field -> !field.required() && field.ofPatch());
    }

    @Test
    void thereIsABodyForEachOperation() {
        assertThat(fields()).hasSizeGreaterThan(50);
        assertThat(fields().map(BodyField::operation).distinct())
                .allSatisfy(operation -> assertThat(body(operation)).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("optionalOfCreates")
    void isAsIfAbsentWhereSomethingIsCreated(BodyField field) {
        Answer without = send(field, removed(body(field.operation()), field.path()));
        Answer withNull = send(field, nulled(body(field.operation()), field.path()));

        assertThat(without.status()).as("%s", without.body()).isBetween(200, 299);
        assertThat(withNull.status()).as("%s", withNull.body()).isEqualTo(without.status());
        assertThat(shape(withNull.body())).isEqualTo(shape(without.body()));
    }

    @ParameterizedTest
    @MethodSource("required")
    void isNoValueOfARequiredField(BodyField field) {
        assertRefused(send(field, nulled(body(field.operation()), field.path())), field);
    }

    @ParameterizedTest
    @MethodSource("ofPatches")
    void clearsWhatTheDocumentSaysAndNothingElse(BodyField field) {
        ObjectNode body = body(field.operation());
        assertThat(send(field, body).status()).isEqualTo(200);

        Answer cleared = send(field, nulled(body(field.operation()), field.path()));

        if (field.clearable()) {
            assertThat(cleared.status()).as("%s", cleared.body()).isEqualTo(200);
            assertThat(cleared.body().has(field.path())).isFalse();
            assertThat(alice.get(path(field.operation())).has(field.path())).isFalse();
        } else {
            assertRefused(cleared, field);
        }
    }

    private static void assertRefused(Answer answer, BodyField field) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
        assertThat(answer.body().path("errors").valueStream().map(error -> error.path("field")
                        .asString()))
                .contains(field.name());
    }

    /** Which fields an answer has: ids and times differ. */
    private static Set<String> shape(JsonNode body) {
        return Set.copyOf(body.propertyNames());
    }

    private Answer send(BodyField field, ObjectNode body) {
        ChatUser caller =
                field.operation().definition().path("operationId").asString().equals("logout")
                        ? ChatUser.register(baseUrl, "Leaver")
                        : alice;
        return caller.api().callText(field.operation().method(), path(field.operation()), body.toString());
    }

    private String path(ApiContract.Operation operation) {
        String where =
                operation.definition().path("operationId").asString().equals("leave") ? bob.groupWith(alice) : group;
        return operation
                .path()
                .replace("{conversationId}", where)
                .replace("{messageId}", message)
                .replace("{userId}", bob.id());
    }

    /** With every field that the operation takes. */
    private ObjectNode body(ApiContract.Operation operation) {
        String unique = "null-" + Ids.next().substring(24);
        Map<String, ?> body =
                switch (operation.definition().path("operationId").asString()) {
                    case "register" ->
                        Map.of(
                                "email",
                                unique + "@example.org",
                                "password",
                                ChatUser.PASSWORD,
                                "username",
                                unique,
                                "firstName",
                                "First",
                                "lastName",
                                "Last",
                                "displayName",
                                "Shown",
                                "tenantId",
                                "default");
                    case "login" ->
                        Map.of("email", alice.email(), "password", ChatUser.PASSWORD, "tenantId", "default");
                    case "refresh", "logout" -> Map.of("refreshToken", alice.refreshToken());
                    case "changeMe" ->
                        Map.of("displayName", "Alice", "firstName", "First", "lastName", "Last", "phone", "123");
                    case "changePreferences" ->
                        Map.of(
                                "notificationsEnabled",
                                true,
                                "soundEnabled",
                                true,
                                "messagePreview",
                                true,
                                "notifyOnMention",
                                true,
                                "notifyOnReaction",
                                true,
                                "notifyOnGroupInvite",
                                true,
                                "quietHours",
                                Map.of("enabled", true, "start", "22:00", "end", "07:00", "timezone", "UTC"),
                                "lastSeenVisibility",
                                "everyone",
                                "emailDigest",
                                Map.of("enabled", false, "afterHours", 24));
                    case "registerDevice" ->
                        Map.of(
                                "deviceId",
                                unique,
                                "platform",
                                "android",
                                "provider",
                                "fcm",
                                "token",
                                unique,
                                "locale",
                                "vi");
                    case "createGroup" ->
                        Map.of("name", "Group", "description", "About", "participantIds", List.of(bob.id()));
                    case "openDirect" -> Map.of("userId", bob.id());
                    case "changeConversation" ->
                        Map.of(
                                "name",
                                "Group",
                                "description",
                                "About",
                                "settings",
                                Map.of(
                                        "onlyAdminsCanMessage",
                                        false,
                                        "onlyAdminsCanAddMembers",
                                        false,
                                        "historyVisibleToNewMembers",
                                        false,
                                        "messageConfig",
                                        Map.of("editWindowSeconds", 900, "deleteWindowSeconds", 1800)));
                    case "syncAvatar" -> Map.of("url", "https://example.org/ann.png");
                    case "setIcon" -> Map.of("fileId", ImageUpload.readyFile(alice));
                    case "mute" -> Map.of("mutedUntil", "2999-01-31T12:00:00Z");
                    case "addParticipants" -> Map.of("userIds", List.of(bob.id()), "role", "member");
                    case "changeRole" -> Map.of("role", "member");
                    case "leave" -> Map.of("andDelete", false);
                    case "markRead" -> Map.of("messageId", message);
                    case "sendMessage" ->
                        Map.of(
                                "text",
                                "text",
                                "replyTo",
                                message,
                                "tempId",
                                unique,
                                "attachments",
                                List.of(Map.of(
                                        "id",
                                        "f",
                                        "type",
                                        "image",
                                        "url",
                                        "https://example.org/f.png",
                                        "thumbnailUrl",
                                        "https://example.org/t.png",
                                        "filename",
                                        "f.png",
                                        "mimeType",
                                        "image/png",
                                        "size",
                                        3,
                                        "duration",
                                        1.5,
                                        "dimensions",
                                        Map.of("width", 1, "height", 1))));
                    case "editMessage" -> Map.of("text", "changed");
                    case "addReaction" -> Map.of("emoji", "\uD83D\uDC4D");
                    case "presignUpload" -> announcement();
                    case "presignUploads" -> Map.of("files", List.of(announcement()));
                    default -> Map.of();
                };
        return JSON.valueToTree(body);
    }

    private Map<String, Object> announcement() {
        return Map.of(
                "filename",
                "f.txt",
                "mimeType",
                "text/plain",
                "size",
                3,
                "sha256",
                "0".repeat(64),
                "conversationId",
                group);
    }

    private static ObjectNode nulled(ObjectNode body, String path) {
        parent(body, path).putNull(last(path));
        return body;
    }

    private static ObjectNode removed(ObjectNode body, String path) {
        parent(body, path).remove(last(path));
        return body;
    }

    private static ObjectNode parent(ObjectNode body, String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? body : (ObjectNode) body.at("/" + path.substring(0, slash));
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
