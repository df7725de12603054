package dev.parley.internalapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.internalapi.InternalCall.Side;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class InternalApiTest {

    /** What is begun or made without being told more than where. */
    private static final Set<String> BODILESS = Set.of("/token", "/replay");

    private static final InternalApi API = new InternalApi();
    private static final String LOOKUP = "/internal/platform/users/lookup";
    private static final String QUESTION = "{\"tenantId\":\"acme\",\"ids\":[\"ada\"]}";
    private static final String ADA = "{\"id\":\"ada\",\"username\":\"ada\",\"displayName\":\"Ada\"}";

    @ParameterizedTest
    @EnumSource
    void findsNothingWrongWithACallThatIsAsDocumented(Side side) {
        assertThat(API.violations(side, lookup(QUESTION, '[' + ADA + ']'))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void findsAnAnswerThatDrifts(Side side) {
        for (String answer : List.of(
                '[' + ADA.replace("displayName", "name") + ']',
                '[' + ADA.replace("}", ",\"email\":\"ada@example.org\"}") + ']',
                '[' + ADA.replace("\"Ada\"", "7") + ']',
                ADA,
                "",
                "no JSON")) {
            assertThat(API.violations(side, lookup(QUESTION, answer)))
                    .as(answer)
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsARequestThatDriftsThoughItIsAnswered(Side side) {
        for (String request : List.of(
                QUESTION.replace("ids", "userIds"),
                QUESTION.replace("[\"ada\"]", "\"ada\""),
                QUESTION.replace("}", ",\"more\":true}"),
                "")) {
            assertThat(API.violations(side, lookup(request, "[]"))).as(request).isNotEmpty();
        }
    }

    @Test
    void findsARefusalOfWhatIsRightByTheSchema() {
        String problem = problem(400, "request.invalid");
        assertThat(API.violations(Side.OWNER, refused(QUESTION, 400, problem))).hasSize(1);
        assertThat(API.violations(Side.OWNER, refused("{\"ids\":7}", 400, problem)))
                .isEmpty();
        assertThat(API.violations(Side.CALLER, refused(QUESTION, 400, problem)))
                .as("a stub may refuse to show what the caller does then")
                .isEmpty();
    }

    @Test
    void findsAnErrorThatIsNotDocumented() {
        assertThat(API.violations(Side.CALLER, refused(QUESTION, 503, problem(503, "service.unavailable"))))
                .isEmpty();
        assertThat(API.violations(Side.CALLER, refused(QUESTION, 503, ""))).isEmpty();
        assertThat(API.violations(Side.CALLER, refused(QUESTION, 401, ""))).isNotEmpty();
        assertThat(API.violations(Side.CALLER, refused(QUESTION, 409, problem(409, "user.odd"))))
                .isNotEmpty();
        assertThat(API.violations(Side.CALLER, refused(QUESTION, 503, "{\"code\":\"service.unavailable\"}")))
                .isNotEmpty();
    }

    @Test
    void knowsTheErrorsOfEachOperation() {
        InternalCall ended = new InternalCall(
                "POST",
                "/internal/platform/sessions/s1/token",
                "",
                401,
                "application/problem+json",
                problem(401, "auth.session-ended"));
        assertThat(API.violations(Side.CALLER, ended)).isEmpty();
        assertThat(API.violations(Side.CALLER, refused(QUESTION, 401, problem(401, "auth.session-ended"))))
                .hasSize(1);
    }

    @Test
    void checksTheQuery() {
        assertThat(contacts("?userId=a&otherId=b")).isEmpty();
        assertThat(contacts("?userId=a")).hasSize(1);
        assertThat(contacts("?userId=a&otherId=b&third=c")).hasSize(1);
    }

    private static List<String> contacts(String query) {
        return API.violations(
                Side.CALLER,
                new InternalCall(
                        "GET",
                        "/internal/platform/contacts" + query,
                        "",
                        200,
                        "application/json",
                        "{\"contacts\":true}"));
    }

    @Test
    void findsACallOfWhatHasNoSchema() {
        InternalCall call = new InternalCall("GET", "/internal/platform/nothing", "", 200, "application/json", "{}");
        assertThat(API.violations(Side.CALLER, call)).hasSize(1);
        assertThat(API.violations(Side.OWNER, call)).hasSize(1);
        assertThat(API.violations(Side.OWNER, new InternalCall("GET", "/internal/nothing", "", 404, null, "")))
                .as("there is none, and that is the answer")
                .isEmpty();
    }

    @Test
    void findsEndpointsWithoutSchemaAndSchemasWithoutEndpoint() {
        String presence = InternalApi.name("POST", "/internal/platform/presence");
        assertThat(API.differences("presence-service", Set.of(presence))).isEmpty();
        assertThat(API.differences("presence-service", Set.of(presence, "GET /internal/new")))
                .hasSize(1);
        assertThat(API.differences("presence-service", Set.of())).hasSize(1);
        assertThat(API.differences("gateway-service", Set.of())).isEmpty();
        assertThat(API.differences("gateway-service", Set.of("GET /internal/new")))
                .hasSize(1);
    }

    /** A field that is added is to be described: in an open object it would go unseen. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "common.yaml",
                "auth-service.yaml",
                "conversation-service.yaml",
                "media-service.yaml",
                "message-service.yaml",
                "notification-service.yaml",
                "presence-service.yaml"
            })
    void everyObjectIsClosed(String document) {
        assertThat(nodes(Documents.read(document))
                        .filter(node -> node.path("properties").isObject()))
                .isNotEmpty()
                .allSatisfy(
                        object -> assertThat(object.path("additionalProperties").asBoolean(true))
                                .as(object.toString())
                                .isFalse());
    }

    @Test
    void everyOperationSaysWhatItIsAskedAndAnswers() {
        assertThat(API.operations()).hasSizeGreaterThan(15).allSatisfy(operation -> {
            assertThat(operation.takesBody())
                    .isEqualTo(Set.of("POST", "PUT").contains(operation.method())
                            && BODILESS.stream().noneMatch(operation.path()::endsWith));
            assertThat(Stream.of(200, 201, 204).filter(operation::answersWith)).hasSize(1);
            assertThat(operation.definition().path("responses").has("default")).isTrue();
            assertThat(operation.definition().path("security")).hasSize(1);
        });
    }

    private static Stream<JsonNode> nodes(JsonNode node) {
        return Stream.concat(Stream.of(node), node.valueStream().flatMap(InternalApiTest::nodes));
    }

    private static InternalCall lookup(String request, String answer) {
        return new InternalCall("POST", LOOKUP, request, 200, "application/json", answer);
    }

    private static InternalCall refused(String request, int status, String answer) {
        return new InternalCall("POST", LOOKUP, request, status, "application/problem+json", answer);
    }

    private static String problem(int status, String code) {
        return """
                {"type":"urn:parley:error:%2$s","title":"No","status":%1$d,"detail":"No","instance":"/","code":"%2$s","traceId":"t"}""".formatted(status, code);
    }
}
