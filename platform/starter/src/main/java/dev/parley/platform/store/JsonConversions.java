package dev.parley.platform.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.types.Decimal128;
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
        JsonMapper withNulls = json.rebuild()
                .changeDefaultPropertyInclusion(inclusion ->
                        JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
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
            return json.convertValue(read(Objects.requireNonNull(value)), target.getType());
        }
    }

    /** JSON as the store takes it. A member's name means nothing to it, unlike in {@link Document#parse}. */
    private static @Nullable Object stored(@Nullable Object json) {
        return mapped(json, value -> value instanceof BigInteger large ? new Decimal128(new BigDecimal(large)) : value);
    }

    private static @Nullable Object read(@Nullable Object stored) {
        return mapped(
                stored,
                value -> value instanceof Decimal128 large
                        ? large.bigDecimalValue().toBigInteger()
                        : value);
    }

    private static @Nullable Object mapped(@Nullable Object value, UnaryOperator<@Nullable Object> scalars) {
        if (value instanceof Map<?, ?> members) {
            Document document = new Document();
            members.forEach((name, member) -> document.append(String.valueOf(name), mapped(member, scalars)));
            return document;
        }
        if (value instanceof List<?> elements) {
            List<@Nullable Object> array = new ArrayList<>(elements.size());
            elements.forEach(element -> array.add(mapped(element, scalars)));
            return array;
        }
        return scalars.apply(value);
    }
}
