package dev.parley.standalone.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.parley.gateway.docs.AsyncApiDocument;
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
