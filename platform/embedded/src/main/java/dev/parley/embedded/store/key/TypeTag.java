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
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The first byte of an encoded value, in MongoDB's order of types. The codes are stored, so they must never change. */
public enum TypeTag {
    MIN_KEY(0x05),
    EMPTY_ARRAY(0x08),
    NULL(0x0A),
    NUMBER(0x10),
    STRING(0x20),
    OBJECT(0x28),
    ARRAY(0x30),
    BINARY(0x38),
    OBJECT_ID(0x40),
    BOOLEAN(0x48),
    DATE(0x50),
    TIMESTAMP(0x58),
    REGEX(0x60),
    JAVASCRIPT(0x68),
    MAX_KEY(0xF0);

    /** The value that an index holds for an empty array. It sorts before null. */
    public static final Object EMPTY_ARRAY_ELEMENT = new Object();

    private final int code;

    TypeTag(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The prefix of all encoded values of this type, and of no others. */
    public byte[] prefix() {
        return new byte[] {(byte) code};
    }

    public static TypeTag of(@Nullable Object value) {
        if (Missing.isNullOrMissing(value)) {
            return NULL;
        } else if (value instanceof String) {
            return STRING;
        } else if (value instanceof Number) {
            return NUMBER;
        } else if (value instanceof ObjectId) {
            return OBJECT_ID;
        } else if (value instanceof Instant) {
            return DATE;
        } else if (value instanceof Boolean) {
            return BOOLEAN;
        } else if (value instanceof Map) {
            return OBJECT;
        } else if (value instanceof Collection) {
            return ARRAY;
        }
        return ofRare(value);
    }

    private static TypeTag ofRare(@Nullable Object value) {
        if (value instanceof BinData || value instanceof UUID || value instanceof LegacyUUID) {
            return BINARY;
        } else if (value instanceof BsonTimestamp) {
            return TIMESTAMP;
        } else if (value instanceof BsonRegularExpression) {
            return REGEX;
        } else if (value instanceof BsonJavaScript) {
            return JAVASCRIPT;
        } else if (value instanceof MinKey) {
            return MIN_KEY;
        } else if (value instanceof MaxKey) {
            return MAX_KEY;
        } else if (value == EMPTY_ARRAY_ELEMENT) {
            return EMPTY_ARRAY;
        }
        throw new IllegalArgumentException("No order is known for " + value);
    }
}
