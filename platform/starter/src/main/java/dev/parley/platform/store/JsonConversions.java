package dev.parley.platform.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Stores the {@link JsonStored} types as documents and reads them back. */
final class JsonConversions {

    private JsonConversions() {}

    static List<GenericConverter> of(List<JsonStored> types, JsonMapper json) {
        JsonMapper withNulls = json.rebuild()
                .changeDefaultPropertyInclusion(inclusion ->
                        JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
                .addModule(new SimpleModule().addSerializer(Decimal128.class, new LargeNumbers()))
                .build();
        return List.of(new Writer(types, json), new Reader(types, withNulls));
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
            return value == null ? null : stored(json.readValue(json.writeValueAsBytes(value), Map.class));
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

    /** JSON as the store takes it. A member's name means nothing to it, unlike in {@link Document#parse}. */
    private static @Nullable Object stored(@Nullable Object json) {
        if (json instanceof Map<?, ?> members) {
            Document document = new Document();
            members.forEach((name, member) -> document.append(String.valueOf(name), stored(member)));
            return document;
        }
        if (json instanceof List<?> elements) {
            List<@Nullable Object> array = new ArrayList<>(elements.size());
            elements.forEach(element -> array.add(stored(element)));
            return array;
        }
        return json instanceof BigInteger large ? new Decimal128(new BigDecimal(large)) : json;
    }

    /** Reads what {@link #stored} wrote for a number that no {@code long} holds. */
    private static final class LargeNumbers extends ValueSerializer<Decimal128> {

        @Override
        public void serialize(Decimal128 value, JsonGenerator json, SerializationContext context) {
            json.writeNumber(value.bigDecimalValue().toBigInteger());
        }
    }
}
