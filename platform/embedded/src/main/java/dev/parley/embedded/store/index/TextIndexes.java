package dev.parley.embedded.store.index;

import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.document.PathValues;
import dev.parley.embedded.store.key.Bytes;
import dev.parley.embedded.store.key.KeyEncoder;
import dev.parley.embedded.store.text.TextTerms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** Text indexes. The key of an entry is the values of the fields before the texts, then one term of the texts. */
final class TextIndexes {

    private static final int TEXT_INDEX_VERSION = 3;

    private TextIndexes() {}

    static SortedSet<byte[]> withTerms(SortedSet<byte[]> prefixes, IndexSpec spec, Document document) {
        SortedSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        for (String term : TextTerms.of(textsOf(spec, document))) {
            byte[] encoded = KeyEncoder.encode(term);
            prefixes.forEach(prefix -> keys.add(Bytes.concat(prefix, encoded)));
        }
        return keys;
    }

    static List<String> textsOf(IndexSpec spec, Document document) {
        List<String> texts = new ArrayList<>();
        for (String path : spec.texts()) {
            for (Object value : PathValues.of(document, path).values()) {
                if (value instanceof String text) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    static boolean textsComeLast(IndexSpec spec) {
        List<String> paths = new ArrayList<>();
        spec.fields().forEach(field -> paths.add(field.path()));
        paths.addAll(spec.texts());
        return paths.equals(
                List.copyOf(((Document) Objects.requireNonNull(spec.source().get("key"))).keySet()));
    }

    /** The description as a MongoDB server returns it: two fields of its own stand for the indexed texts. */
    static Document described(IndexSpec spec) {
        Document key = new Document();
        spec.fields().forEach(field -> key.put(field.path(), field.descending() ? -1 : 1));
        key.append("_fts", IndexSpec.TEXT).append("_ftsx", 1);
        Document weights = new Document();
        spec.texts().forEach(path -> weights.put(path, 1));
        Document described = spec.source().clone();
        described.put("key", key);
        described.putIfAbsent("weights", weights);
        described.putIfAbsent("default_language", "none");
        described.putIfAbsent("language_override", "language");
        described.putIfAbsent("textIndexVersion", TEXT_INDEX_VERSION);
        return described;
    }
}
