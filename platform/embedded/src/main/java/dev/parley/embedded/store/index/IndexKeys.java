package dev.parley.embedded.store.index;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.CannotIndexParallelArraysError;
import dev.parley.embedded.store.document.PathValues;
import dev.parley.embedded.store.index.IndexSpec.Field;
import dev.parley.embedded.store.key.Bytes;
import dev.parley.embedded.store.key.KeyEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The encoded keys of one document in one index: one, or several where it holds an array.
 *
 * @param arrays a bit for each field, set if the document holds an array there
 */
public record IndexKeys(SortedSet<byte[]> keys, long arrays) {

    public static final IndexKeys NONE = new IndexKeys(new TreeSet<>(Arrays::compareUnsigned), 0);

    static IndexKeys of(IndexSpec spec, Document document) {
        List<PathValues> found = spec.fields().stream()
                .map(field -> PathValues.of(document, field.path()))
                .toList();
        if (spec.sparse() && found.stream().allMatch(PathValues::isMissing)) {
            return NONE;
        }
        rejectParallelArrays(found);
        SortedSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        keys.add(new byte[0]);
        long arrays = 0;
        for (int i = 0; i < found.size(); i++) {
            keys = extended(keys, found.get(i).values(), spec.fields().get(i));
            if (found.get(i).array() != null) {
                arrays |= 1L << i;
            }
        }
        return new IndexKeys(spec.isText() ? TextIndexes.withTerms(keys, spec, document) : keys, arrays);
    }

    /** The keys that the other document does not have. */
    public List<byte[]> notIn(IndexKeys other) {
        return keys.stream().filter(key -> !other.keys.contains(key)).toList();
    }

    private static SortedSet<byte[]> extended(SortedSet<byte[]> prefixes, List<@Nullable Object> values, Field field) {
        SortedSet<byte[]> result = new TreeSet<>(Arrays::compareUnsigned);
        for (Object value : values) {
            byte[] encoded = KeyEncoder.encode(value);
            byte[] directed = field.descending() ? Bytes.inverted(encoded) : encoded;
            prefixes.forEach(prefix -> result.add(Bytes.concat(prefix, directed)));
        }
        return result;
    }

    // Two independent arrays would make an entry for each pair; MongoDB refuses them too.
    private static void rejectParallelArrays(List<PathValues> found) {
        List<String> arrays = found.stream()
                .map(PathValues::array)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (arrays.size() > 1) {
            throw new CannotIndexParallelArraysError(arrays);
        }
    }
}
