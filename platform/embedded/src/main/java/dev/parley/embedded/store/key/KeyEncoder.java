package dev.parley.embedded.store.key;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonJavaScript;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.LegacyUUID;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Encodes BSON values as bytes that compare as the values do.
 *
 * <p>The order is MongoDB's order of values, across all types. No encoding is a prefix of another, so several encodings can
 * be joined to a compound key. Numbers compare by value, whatever their type. A decimal is encoded at double precision, as
 * the library's query matcher compares it.
 */
public final class KeyEncoder {

    private static final int SUBTYPE_GENERIC = 0;
    private static final int SUBTYPE_LEGACY_UUID = 3;
    private static final int SUBTYPE_UUID = 4;

    private KeyEncoder() {}

    public static byte[] encode(@Nullable Object value) {
        KeyBuffer out = new KeyBuffer();
        append(value, out);
        return out.toByteArray();
    }

    private static void append(@Nullable Object value, KeyBuffer out) {
        TypeTag tag = TypeTag.of(value);
        out.put(tag.code());
        if (value instanceof Number number) {
            NumberEncoding.append(number, out);
        } else if (value instanceof String text) {
            appendText(text, out);
        } else if (value instanceof Map<?, ?> document) {
            appendFields(document, out);
        } else if (value instanceof Collection<?> elements) {
            elements.forEach(element -> append(element, out));
            out.put(0);
        } else if (value instanceof Boolean flag) {
            out.put(flag ? 1 : 0);
        } else if (value instanceof Instant instant) {
            out.putLong(instant.toEpochMilli() ^ Long.MIN_VALUE);
        } else if (value instanceof ObjectId id) {
            out.put(id.toByteArray());
        } else if (value != null) {
            appendRare(value, out);
        }
    }

    private static void appendRare(Object value, KeyBuffer out) {
        if (value instanceof BinData data) {
            appendBinary(SUBTYPE_GENERIC, data.getData(), out);
        } else if (value instanceof UUID uuid) {
            appendBinary(SUBTYPE_UUID, bytesOf(uuid), out);
        } else if (value instanceof LegacyUUID uuid) {
            appendBinary(SUBTYPE_LEGACY_UUID, bytesOf(uuid.getUuid()), out);
        } else if (value instanceof BsonTimestamp timestamp) {
            out.putLong(timestamp.getValue());
        } else if (value instanceof BsonRegularExpression regex) {
            appendText(regex.getPattern(), out);
            appendText(String.valueOf(regex.getOptions()), out);
        } else if (value instanceof BsonJavaScript script) {
            appendText(script.getCode(), out);
        } else if (!(value instanceof Missing
                || value instanceof MinKey
                || value instanceof MaxKey
                || value == TypeTag.EMPTY_ARRAY_ELEMENT)) {
            throw new IllegalArgumentException("No order is known for " + value.getClass());
        }
    }

    private static void appendFields(Map<?, ?> document, KeyBuffer out) {
        document.forEach((name, value) -> {
            out.put(TypeTag.of(value).code());
            appendText((String) name, out);
            append(value, out);
        });
        out.put(0);
    }

    // UTF-8 keeps the order of code points. A zero byte inside is marked with 0xFF, so that the two zeros at the end
    // sort first.
    private static void appendText(String text, KeyBuffer out) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            out.put(b);
            if (b == 0) {
                out.put(0xFF);
            }
        }
        out.put(0);
        out.put(0);
    }

    private static void appendBinary(int subtype, byte[] data, KeyBuffer out) {
        out.putInt(data.length);
        out.put(subtype);
        out.put(data);
    }

    private static byte[] bytesOf(UUID uuid) {
        KeyBuffer bytes = new KeyBuffer();
        bytes.putLong(uuid.getMostSignificantBits());
        bytes.putLong(uuid.getLeastSignificantBits());
        return bytes.toByteArray();
    }
}
