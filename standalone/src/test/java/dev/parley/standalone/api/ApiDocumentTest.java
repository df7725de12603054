package dev.parley.standalone.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.parley.gateway.docs.AsyncApiDocument;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The documents about the API are well formed, and say what the code says. */
class ApiDocumentTest {

    static Stream<Document> documents() {
        return Stream.of(ApiContract.DOCUMENT, EventContract.DOCUMENT);
    }

    @Test
    void theRestDocumentIsOpenApi() {
        assertThat(violations(Document.json("/metaschema/openapi-3.1.json"), ApiContract.DOCUMENT.root()))
                .isEmpty();
    }

    @Test
    void theEventsDocumentIsAsyncApi() {
        assertThat(violations(Document.json("/metaschema/asyncapi-3.0.0.json"), AsyncApiDocument.assemble()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metaschema/openapi-3.1.json", "/metaschema/asyncapi-3.0.0.json"})
    void anythingElseIsNeither(String metaSchema) {
        JsonNode nothing = JsonNodeFactory.instance.objectNode().putObject("info");

        assertThat(violations(Document.json(metaSchema), nothing)).isNotEmpty();
    }

    private static Stream<String> violations(JsonNode metaSchema, JsonNode document) {
        return SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
                .getSchema(SchemaLocation.of("https://parley.invalid/metaschema"), metaSchema)
                .validate(document)
                .stream()
                .map(Object::toString);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyReferenceLeadsSomewhere(Document document) {
        assertThat(references(document)).hasSizeGreaterThan(20).allSatisfy(reference -> assertThat(
                        document.root().at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyComponentIsReferredTo(Document document) {
        Set<String> components = document.root()
                .path("components")
                .propertyStream()
                .filter(kind -> !kind.getKey().equals("securitySchemes"))
                .flatMap(kind -> kind.getValue()
                        .propertyStream()
                        .map(component -> "#/components/" + kind.getKey() + "/" + component.getKey()))
                .collect(Collectors.toSet());

        assertThat(references(document)).containsAll(components);
    }

    private static Set<String> references(Document document) {
        return document.nodes()
                .map(node -> node.path("$ref").asString(""))
                .filter(reference -> !reference.isEmpty())
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everySchemaIsJsonSchemaAndEveryExampleFitsIt(Document document) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012());
        document.root().at("/components/schemas").propertyStream().forEach(schema -> {
            assertThat(registry.getSchema(
                                    SchemaLocation.of(Dialects.getDraft202012().getId()))
                            .validate(schema.getValue()))
                    .as(schema.getKey())
                    .isEmpty();
            schema.getValue().path("examples").forEach(example -> assertThat(
                            document.violations(schema.getValue(), example))
                    .as("%s %s", schema.getKey(), example)
                    .isEmpty());
        });
        document.root().at("/components/messages").forEach(message -> message.path("examples")
                .forEach(example -> assertThat(document.violations(message.path("payload"), example.path("payload")))
                        .as("%s", example)
                        .isEmpty()));
    }

    @Test
    void everyAnswerHasAnExampleThatFits() {
        assertThat(ApiContract.operations())
                .allSatisfy(operation -> answers(operation).forEach(content -> {
                    assertThat(content.has("example")).as("%s", operation).isTrue();
                    assertThat(ApiContract.DOCUMENT.violations(content.path("schema"), content.path("example")))
                            .as("%s %s", operation, content.path("example"))
                            .isEmpty();
                }));
        assertThat(ApiContract.operations().stream().flatMap(ApiDocumentTest::answers))
                .hasSizeGreaterThan(30);
    }

    private static Stream<JsonNode> answers(ApiContract.Operation operation) {
        return operation
                .definition()
                .path("responses")
                .propertyStream()
                .filter(response -> response.getKey().startsWith("2"))
                .flatMap(response -> ApiContract.DOCUMENT
                        .resolve(response.getValue())
                        .path("content")
                        .valueStream());
    }

    @Test
    void everyExampleOfAFieldFitsIt() {
        List<JsonNode> fields = ApiContract.DOCUMENT
                .nodes()
                .filter(node -> node.has("type") && node.path("examples").isArray())
                .toList();

        assertThat(fields).hasSizeGreaterThan(40).allSatisfy(field -> field.path("examples")
                .forEach(example -> assertThat(ApiContract.DOCUMENT.violations(field, example))
                        .as("%s %s", field, example)
                        .isEmpty()));
    }

    @Test
    void everyOperationListsWhatItMayRefuseWith() {
        assertThat(ApiContract.operations()).allSatisfy(operation -> {
            JsonNode definition = operation.definition();
            Set<String> listed = Set.copyOf(definition.path("responses").propertyNames());
            assertThat(listed).as("%s", operation).contains("400", "406", "429", "431", "default");
            if (isSecured(definition)) {
                assertThat(listed).as("%s", operation).contains("401", "403");
            }
            if (definition.has("requestBody")) {
                assertThat(listed).as("%s", operation).contains("408", "413", "415");
            }
            for (String status : List.of("429", "503")) {
                if (listed.contains(status)) {
                    assertThat(operation.response(Integer.parseInt(status)).at("/headers/Retry-After"))
                            .as("%s %s", operation, status)
                            .isNotEmpty();
                }
            }
        });
    }

    @Test
    void everyOperationNamesTheHeadersThatCount() {
        assertThat(ApiContract.operations()).allSatisfy(operation -> {
            Set<String> named = operation
                    .definition()
                    .path("parameters")
                    .valueStream()
                    .map(ApiContract.DOCUMENT::resolve)
                    .filter(parameter -> parameter.path("in").asString().equals("header"))
                    .map(parameter -> parameter.path("name").asString())
                    .collect(Collectors.toSet());
            assertThat(named).as("%s", operation).contains("X-Request-Id");
            if (isSecured(operation.definition())) {
                assertThat(named).as("%s", operation).contains("X-Tenant-ID", "x-user-id");
            }
        });
        assertThat(headers("register")).contains("Idempotency-Key", "X-Tenant-ID");
        assertThat(headers("login")).contains("X-Tenant-ID");
        assertThat(headers("createGroup")).contains("Idempotency-Key");
        assertThat(headers("sendMessage")).contains("Idempotency-Key");
    }

    private static List<String> headers(String operationId) {
        return ApiContract.operations().stream()
                .map(ApiContract.Operation::definition)
                .filter(definition -> definition.path("operationId").asString().equals(operationId))
                .flatMap(definition -> definition.path("parameters").valueStream())
                .map(parameter ->
                        ApiContract.DOCUMENT.resolve(parameter).path("name").asString())
                .toList();
    }

    private static boolean isSecured(JsonNode operation) {
        return !operation.has("security")
                || operation.path("security").valueStream().anyMatch(each -> each.has("token"));
    }

    @Test
    void everyTagIsDeclaredAndIsOne() {
        Set<String> declared = ApiContract.DOCUMENT
                .root()
                .path("tags")
                .valueStream()
                .map(tag -> tag.path("name").asString())
                .collect(Collectors.toSet());

        assertThat(declared).allSatisfy(tag -> assertThat(tag).doesNotContain(","));
        assertThat(ApiContract.operations()).allSatisfy(operation -> assertThat(
                        operation.definition().path("tags").valueStream().map(JsonNode::asString))
                .isNotEmpty()
                .isSubsetOf(declared));
    }

    @Test
    void whoConnectsKnowsWhereAndWithWhat() {
        JsonNode root = EventContract.DOCUMENT.root();
        assertThat(root.path("servers")).hasSize(2).allSatisfy(server -> {
            assertThat(server.path("host").asString()).contains("{address}");
            assertThat(server.at("/variables/address/default").asString()).matches("[a-z.]+:\\d+");
            assertThat(server.path("security")).isNotEmpty();
        });
    }

    @Test
    void operationsHaveNamesOfTheirOwn() {
        assertThat(ApiContract.operations())
                .extracting(
                        operation -> operation.definition().path("operationId").asString())
                .doesNotHaveDuplicates()
                .doesNotContain("");
    }

    @Test
    void everyEndpointIsDocumentedAndEveryDocumentedOneIsThere() {
        assertThat(ApiContract.operations())
                .extracting(operation -> Endpoints.withoutNames(operation.toString()))
                .containsExactlyInAnyOrderElementsOf(Endpoints.inTheCode());
    }
}
