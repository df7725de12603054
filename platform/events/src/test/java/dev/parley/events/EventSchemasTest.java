package dev.parley.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas beside the records say what the records say. After a change of a record, write them again:
 *
 * <pre>./mvnw test -pl platform/events -Dtest=EventSchemasTest -Dparley.schemas.write=true</pre>
 */
class EventSchemasTest {

    private static final Path SCHEMAS = Path.of("src/main/resources/schemas");

    static Stream<EventCatalogue.Entry> entries() {
        return EventCatalogue.entries().stream();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void theSchemaOfAnEventIsThatOfItsRecord(EventCatalogue.Entry entry) throws IOException {
        Path file = SCHEMAS.resolve(entry.type() + ".json");
        String schema = schemaOf(entry.dataClass());
        if (Boolean.getBoolean("parley.schemas.write")) {
            Files.createDirectories(SCHEMAS);
            Files.writeString(file, schema);
        }
        assertThat(file).hasContent(schema);
    }

    @Test
    void everyEventIsInTheCatalogue() {
        assertThat(EventCatalogue.entries())
                .extracting(entry -> (Object) entry.dataClass())
                .containsExactlyInAnyOrderElementsOf(records(Event.class).toList());
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventSchemasTest::records)
                : Stream.of(type);
    }

    private static String schemaOf(Class<?> type) {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonSchemaModule())
                .with(Option.DEFINITIONS_FOR_ALL_OBJECTS);
        config.forFields().withRequiredCheck(field -> !isNullable(field)).withIgnoreCheck(field -> field.getRawMember()
                .isAnnotationPresent(KeptMembers.class));
        config.forTypesInGeneral().withCustomDefinitionProvider(EventSchemasTest::openValue);
        return new SchemaGenerator(config.build()).generateSchema(type).toPrettyString() + "\n";
    }

    private static boolean isNullable(FieldScope field) {
        return field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** Any text: a later version may add values. Those of this version are named as examples. */
    private static @Nullable CustomDefinition openValue(ResolvedType type, SchemaGenerationContext context) {
        if (!OpenValue.class.isAssignableFrom(type.getErasedType())) {
            return null;
        }
        ObjectNode schema = context.getGeneratorConfig().createObjectNode().put("type", "string");
        ArrayNode examples = schema.putArray("examples");
        Arrays.stream(type.getErasedType().getFields())
                .filter(field -> field.getType() == type.getErasedType())
                .forEach(field -> examples.add(field.getName()));
        return new CustomDefinition(schema, CustomDefinition.INLINE_DEFINITION, CustomDefinition.EXCLUDING_ATTRIBUTES);
    }
}
