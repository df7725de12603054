package dev.parley.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members of a JSON object that this version does not know, kept as they came, also those that are null. */
final class JsonMembers {

    /** Written with its nulls, whatever the mapper does with those of other objects. */
    @JsonInclude(content = JsonInclude.Include.ALWAYS)
    private static final class JsonObject extends LinkedHashMap<String, @Nullable Object> {}

    private JsonMembers() {}

    static Map<String, @Nullable Object> of(@Nullable Map<String, @Nullable Object> members) {
        return members == null || members.isEmpty() ? Map.of() : Collections.unmodifiableMap(object(members));
    }

    private static JsonObject object(Map<?, ?> members) {
        JsonObject object = new JsonObject();
        members.forEach((name, value) -> object.put(String.valueOf(name), value(value)));
        return object;
    }

    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            return object(members);
        }
        if (value instanceof Collection<?> elements) {
            List<@Nullable Object> array = new ArrayList<>(elements.size());
            elements.forEach(element -> array.add(value(element)));
            return array;
        }
        return value;
    }
}
