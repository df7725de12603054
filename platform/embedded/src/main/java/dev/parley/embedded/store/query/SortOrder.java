package dev.parley.embedded.store.query;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.BadValueException;
import dev.parley.embedded.store.document.PathValues;
import dev.parley.embedded.store.document.StoredDocument;
import dev.parley.embedded.store.error.StoreError;
import dev.parley.embedded.store.index.IndexSpec.Field;
import dev.parley.embedded.store.key.Bytes;
import dev.parley.embedded.store.key.KeyEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The order that a client asked for. It compares as the indexes do, so sorting by an index or in memory gives the same order. */
public record SortOrder(List<Field> fields) {

    public static final SortOrder NONE = new SortOrder(List.of());

    public static SortOrder of(@Nullable Document sort) {
        if (sort == null || sort.isEmpty()) {
            return NONE;
        }
        List<Field> fields = new ArrayList<>();
        sort.forEach((path, direction) -> {
            if (direction instanceof Document) {
                throw StoreError.notSupported("Sorting by an expression");
            }
            if (!(direction instanceof Number number) || number.intValue() == 0) {
                throw new BadValueException("Illegal sort direction of '" + path + "': " + direction);
            }
            fields.add(new Field(path.equals("$natural") ? "_id" : path, number.doubleValue() < 0));
        });
        return new SortOrder(List.copyOf(fields));
    }

    boolean isNone() {
        return fields.isEmpty();
    }

    /** A document with the bytes that it is sorted by. */
    record SortEntry(byte[] key, StoredDocument document) {
        static final Comparator<SortEntry> ORDER = (first, second) -> Arrays.compareUnsigned(first.key, second.key);
    }

    SortEntry entryOf(StoredDocument document) {
        byte[] key = new byte[0];
        for (Field field : fields) {
            key = Bytes.concat(key, keyOf(document.document(), field));
        }
        return new SortEntry(key, document.packed());
    }

    // An array is sorted by its least element in ascending order, by its greatest in descending order.
    private static byte[] keyOf(Document document, Field field) {
        return PathValues.of(document, field.path()).values().stream()
                .map(KeyEncoder::encode)
                .map(key -> field.descending() ? Bytes.inverted(key) : key)
                .min(Arrays::compareUnsigned)
                .orElseGet(() -> KeyEncoder.encode(null));
    }

    @Override
    public String toString() {
        return fields.stream()
                .map(field -> field.path() + ": " + (field.descending() ? -1 : 1))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
