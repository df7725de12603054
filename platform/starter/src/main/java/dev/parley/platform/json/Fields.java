package dev.parley.platform.json;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.text.Names;
import dev.parley.platform.text.TextLength;
import dev.parley.platform.text.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads a JSON object field by field and remembers every field that breaks a rule, so that a client is told of all of
 * them at once. Unknown fields are ignored. Read everything, then {@link #verify()}; what was read before is a
 * placeholder where a field was wrong. What no field may hold ({@link AcceptedJson}) is wrong also in one that is not read.
 */
public final class Fields {

    private final JsonNode object;
    private final String prefix;
    private final List<FieldError> errors;

    private Fields(JsonNode object, String prefix, List<FieldError> errors) {
        this.object = object;
        this.prefix = prefix;
        this.errors = errors;
    }

    /** @throws ApiException {@link PlatformError#MALFORMED_REQUEST} if the body is not a JSON object */
    public static Fields of(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw ApiException.of(PlatformError.MALFORMED_REQUEST, "The body must be a JSON object");
        }
        List<FieldError> errors = new ArrayList<>();
        AcceptedJson.check(body, errors);
        return new Fields(body, "", errors);
    }

    public boolean has(String field) {
        return object.hasNonNull(field);
    }

    /**
     * A required string of {@code min} to {@code max} characters (code points), white space at both ends removed. If it shows nothing, it
     * is the empty string.
     */
    public String text(String field, int min, int max) {
        return required(field, optionalText(field, min, max));
    }

    /** Like {@link #text}, and the string must match the pattern as a whole. */
    public String text(String field, int min, int max, Pattern pattern, String rule) {
        String text = text(field, min, max);
        if (isFine(field) && !pattern.matcher(text).matches()) {
            reject(field, "format", rule);
        }
        return text;
    }

    /** Null if the field is absent or JSON null. */
    public @Nullable String optionalText(String field, int min, int max) {
        String text = string(field);
        return text == null ? null : measured(field, VisibleText.isBlank(text) ? "" : text.strip(), min, max);
    }

    /** A required name, as {@link Names#clean} leaves it. It must show something, in at most {@code max} characters (code points). */
    public String name(String field, int max) {
        return required(field, optionalName(field, 1, max));
    }

    /** Like {@link #name}; it may show nothing if {@code min} is 0. Null if the field is absent or JSON null. */
    public @Nullable String optionalName(String field, int min, int max) {
        String name = string(field);
        return name == null ? null : measured(field, Names.clean(name), min, max);
    }

    /** A required string exactly as it was written. It must show something, in at most {@code max} characters (code points). */
    public String writtenText(String field, int max) {
        return required(field, optionalWrittenText(field, 1, max));
    }

    /** Like {@link #writtenText}; it may show nothing if {@code min} is 0. Null if the field is absent or JSON null. */
    public @Nullable String optionalWrittenText(String field, int min, int max) {
        String text = string(field);
        return text == null ? null : measured(field, text, min, max);
    }

    /** Of a patch: null if the field is absent; empty if it is to be cleared, for which JSON null and the empty string stand. */
    public @Nullable String clearableText(String field, int max) {
        return isNull(field) ? "" : optionalText(field, 0, max);
    }

    /** Like {@link #clearableText}, as {@link Names#clean} leaves it. */
    public @Nullable String clearableName(String field, int max) {
        return isNull(field) ? "" : optionalName(field, 0, max);
    }

    /** Whether the field is there and is JSON null. */
    public boolean isNull(String field) {
        JsonNode node = object.get(field);
        return node != null && node.isNull();
    }

    /** Of a patch: notes an error for each of these fields that is JSON null, as they always have a value. */
    public void rejectNulls(String... names) {
        for (String field : names) {
            if (isNull(field)) {
                reject(field, "required", "cannot be cleared");
            }
        }
    }

    /** A required string taken as it is, such as a password: no character is removed. Its length is in code points. */
    public String secret(String field, int min, int max) {
        String secret = string(field);
        if (secret != null && (TextLength.of(secret) < min || TextLength.of(secret) > max)) {
            reject(field, "length", "must have " + min + " to " + max + " characters");
        }
        return required(field, secret);
    }

    private String required(String field, @Nullable String text) {
        if (text == null && !has(field)) {
            reject(field, "required", "is required");
        }
        return text == null ? "" : text;
    }

    private @Nullable String string(String field) {
        JsonNode node = object.get(field);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            reject(field, "type", "must be a string");
            return null;
        }
        return node.asString();
    }

    /** Null if the text breaks a rule. A text that shows nothing is as short as one without characters. */
    private @Nullable String measured(String field, String text, int min, int max) {
        int length = TextLength.of(text);
        if (length < min || min > 0 && VisibleText.isBlank(text)) {
            reject(
                    field,
                    min == 1 ? "required" : "too-short",
                    "must have at least " + min + " characters that are seen");
            return null;
        }
        if (length > max) {
            reject(field, "too-long", "must have at most " + max + " characters");
            return null;
        }
        return text;
    }

    /** A required boolean. */
    public boolean flag(String field) {
        JsonNode node = object.get(field);
        if (node == null || node.isNull()) {
            reject(field, "required", "is required");
            return false;
        }
        if (!node.isBoolean()) {
            reject(field, "type", "must be true or false");
        }
        return node.asBoolean(false);
    }

    /** Null if the field is absent or JSON null. */
    public @Nullable Boolean optionalFlag(String field) {
        return has(field) ? flag(field) : null;
    }

    /** A required list of {@code min} to {@code max} distinct non-empty strings; repeated ones count once. */
    public List<String> texts(String field, int min, int max, int maxLength) {
        JsonNode node = object.get(field);
        if (node == null || node.isNull()) {
            reject(field, "required", "is required");
            return List.of();
        }
        if (!node.isArray()) {
            reject(field, "type", "must be a list of strings");
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < Math.min(node.size(), max + 1); i++) {
            JsonNode item = node.get(i);
            if (!item.isString()
                    || VisibleText.isBlank(item.asString())
                    || TextLength.of(item.asString()) > maxLength) {
                reject(field + "[" + i + "]", "type", "must be a string of 1 to " + maxLength + " characters");
            } else if (!texts.contains(item.asString())) {
                texts.add(item.asString());
            }
        }
        if (node.size() < min || node.size() > max) {
            reject(field, "size", "must have " + min + " to " + max + " entries");
        }
        return texts;
    }

    /** An optional list of objects, each read on its own; an error in one is named {@code field[index].name}. */
    public List<Fields> objects(String field, int max) {
        JsonNode node = object.get(field);
        if (node == null || node.isNull()) {
            return List.of();
        }
        if (!node.isArray()) {
            reject(field, "type", "must be a list of objects");
            return List.of();
        }
        if (node.size() > max) {
            reject(field, "size", "must have at most " + max + " entries");
            return List.of();
        }
        List<Fields> objects = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            String path = prefix + field + "[" + i + "]";
            if (node.get(i).isObject()) {
                objects.add(new Fields(node.get(i), path + ".", errors));
            } else {
                errors.add(new FieldError(path, "type", "must be an object"));
            }
        }
        return objects;
    }

    /** An optional object, read on its own; an error in it is named {@code field.name}. One without fields if absent. */
    public Fields object(String field) {
        JsonNode node = object.get(field);
        if (node != null && !node.isNull() && !node.isObject()) {
            reject(field, "type", "must be an object");
        }
        JsonNode fields = node != null && node.isObject() ? node : JsonNodeFactory.instance.objectNode();
        return new Fields(fields, prefix + field + ".", errors);
    }

    /** An optional object, read on its own; an error in it is named {@code field.name}. Null if the field is absent. */
    public @Nullable Fields optionalObject(String field) {
        JsonNode node = object.get(field);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isObject()) {
            reject(field, "type", "must be an object");
            return null;
        }
        return new Fields(node, prefix + field + ".", errors);
    }

    /** An optional number, whole or not, within the bounds. Null if the field is absent. */
    public @Nullable Double optionalDecimal(String field, double min, double max) {
        JsonNode node = object.get(field);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isNumber()) {
            reject(field, "type", "must be a number");
            return null;
        }
        // The node's own conversion of a whole number fails where it has too many digits.
        double number = node.isIntegralNumber() ? node.bigIntegerValue().doubleValue() : node.asDouble();
        if (!(number >= min && number <= max)) {
            reject(field, "range", "must be from " + min + " to " + max);
            return null;
        }
        return number;
    }

    /** A required whole number within the bounds. */
    public long number(String field, long min, long max) {
        JsonNode node = object.get(field);
        if (node == null || node.isNull()) {
            reject(field, "required", "is required");
            return min;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            reject(field, "type", "must be a whole number");
            return min;
        }
        if (node.asLong() < min || node.asLong() > max) {
            reject(field, "range", "must be from " + min + " to " + max);
            return min;
        }
        return node.asLong();
    }

    /** Notes that a field breaks a rule that only the caller knows. Of each field only the first broken rule is told. */
    public void reject(String field, String code, String message) {
        if (isFine(field)) {
            errors.add(new FieldError(prefix + field, code, field + " " + message));
        }
    }

    /** What is wrong so far, in the order read. */
    public List<FieldError> errors() {
        return List.copyOf(errors);
    }

    /** @throws ApiException {@link PlatformError#INVALID_REQUEST} naming every offending field, if there is one */
    public void verify() {
        if (!errors.isEmpty()) {
            throw ApiException.invalid(errors);
        }
    }

    private boolean isFine(String field) {
        String path = prefix + field;
        return errors.stream().noneMatch(error -> error.field().equals(path));
    }
}
