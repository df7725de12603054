package dev.parley.platform.store;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import tools.jackson.databind.json.JsonMapper;

/** Stores the {@link JsonStored} types as documents and reads them back. */
final class JsonConversions {

    private JsonConversions() {}

    static List<GenericConverter> of(List<JsonStored> types, JsonMapper json) {
        return List.of(new Writer(types, json), new Reader(types, json));
    }

    @WritingConverter
    private record Writer(List<JsonStored> types, JsonMapper json) implements GenericConverter {

        @Override
        public Set<ConvertiblePair> getConvertibleTypes() {
            return types.stream()
                    .map(stored -> new ConvertiblePair(stored.type(), Document.class))
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public @Nullable Object convert(@Nullable Object value, TypeDescriptor source, TypeDescriptor target) {
            return value == null ? null : Document.parse(json.writeValueAsString(value));
        }
    }

    @ReadingConverter
    private record Reader(List<JsonStored> types, JsonMapper json) implements GenericConverter {

        @Override
        public Set<ConvertiblePair> getConvertibleTypes() {
            return types.stream()
                    .map(stored -> new ConvertiblePair(Document.class, stored.type()))
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public @Nullable Object convert(@Nullable Object value, TypeDescriptor source, TypeDescriptor target) {
            return json.convertValue(Objects.requireNonNull(value), target.getType());
        }
    }
}
