package dev.parley.standalone.api;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A document about the API, which checks values against the schemas in it. */
final class Document {

    private static final Pattern CODE = Pattern.compile("`([a-z]+\\.[a-z-]+)`");
    private static final String BASE = "https://parley.invalid/schema/";

    /** Beside each schema stand the components that it refers to. */
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .keyword(new NonValidationKeyword("components"))
            .build();

    private final JsonNode root;
    private final Map<JsonNode, Schema> schemas = Collections.synchronizedMap(new IdentityHashMap<>());
    private final SchemaRegistry registry = SchemaRegistry.withDialect(DIALECT);

    Document(JsonNode root) {
        this.root = root;
    }

    static JsonNode json(String resource) {
        try (InputStream file = Document.class.getResourceAsStream(resource)) {
            return JsonMapper.shared().readTree(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    JsonNode root() {
        return root;
    }

    /** What a reference stands for, and its own description where it has one. */
    JsonNode resolve(JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        JsonNode target = resolve(root.at(node.path("$ref").asString().substring(1)));
        if (node.has("description") && target instanceof ObjectNode object) {
            return object.deepCopy().set("description", node.path("description"));
        }
        return target;
    }

    /** The names of errors that a description mentions. */
    static List<String> codes(String description) {
        return CODE.matcher(description).results().map(found -> found.group(1)).toList();
    }

    /** What is wrong with a value; empty if it is as the schema, which is a part of this document, says. */
    List<String> violations(JsonNode schema, JsonNode value) {
        return schemas
                .computeIfAbsent(schema, this::compile)
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    private Schema compile(JsonNode schema) {
        ObjectNode standalone = ((ObjectNode) schema).deepCopy();
        standalone.set("components", root.path("components"));
        return registry.getSchema(SchemaLocation.of(BASE + schemas.size()), standalone);
    }

    /** Every node of the document. */
    Stream<JsonNode> nodes() {
        return nodes(root);
    }

    static Stream<JsonNode> nodes(JsonNode node) {
        return Stream.concat(Stream.of(node), node.valueStream().flatMap(Document::nodes));
    }
}
