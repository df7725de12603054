package dev.parley.internalapi;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the documents and checks values against the schemas in them. A schema may refer to one of another document. */
final class Documents {

    private static final String BASE = "https://parley.invalid/internal-api/";
    private static final String EVENTS = "events/";
    private static final ObjectMapper YAML = new YAMLMapper();

    /** Documents of OpenAPI hold schemas, and much that is none. */
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .keyword(new NonValidationKeyword("openapi"))
            .keyword(new NonValidationKeyword("info"))
            .keyword(new NonValidationKeyword("paths"))
            .keyword(new NonValidationKeyword("components"))
            .build();

    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final SchemaRegistry registry =
            SchemaRegistry.withDialect(DIALECT, builder -> builder.schemas(Documents::content));

    /** @param document the name of its file */
    static JsonNode read(String document) {
        String resource = document.startsWith(EVENTS)
                ? "/schemas/" + document.substring(EVENTS.length())
                : "/internal-api/" + document;
        try (InputStream file = Documents.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalArgumentException("There is no document " + resource);
            }
            return YAML.readTree(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static @Nullable String content(String iri) {
        return iri.startsWith(BASE) ? JsonMapper.shared().writeValueAsString(read(iri.substring(BASE.length()))) : null;
    }

    /**
     * What is wrong with a value; empty if it is as the schema says.
     *
     * @param document in which the schema stands
     * @param pointer where it stands there (RFC 6901)
     */
    List<String> violations(String document, String pointer, JsonNode value) {
        return schemas
                .computeIfAbsent(
                        BASE + document + '#' + pointer, location -> registry.getSchema(SchemaLocation.of(location)))
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }
}
