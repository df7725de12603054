package dev.parley.embedded.store;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.IndexSpec.Field;
import dev.parley.embedded.store.key.Bytes;
import java.util.List;
import java.util.SortedSet;

/**
 * An index as it is stored: a key space whose keys are the encoded values, in the index's order, and whose values are
 * the keys of documents. A unique index ends its keys there; any other adds the document's key, which makes them
 * distinct.
 */
final class StoredIndex {

    private final IndexSpec spec;
    private final int keyspace;
    private volatile long arrays;

    /** @param arrays for each field a bit, set when some document has held an array there */
    StoredIndex(IndexSpec spec, int keyspace, long arrays) {
        this.spec = spec;
        this.keyspace = keyspace;
        this.arrays = arrays;
    }

    IndexSpec spec() {
        return spec;
    }

    String name() {
        return spec.name();
    }

    List<Field> fields() {
        return spec.fields();
    }

    int keyspace() {
        return keyspace;
    }

    /** Whether this is the primary order of the documents and has no entries of its own. */
    boolean isPrimary() {
        return spec.name().equals(IndexSpec.ID_INDEX);
    }

    long arrays() {
        return arrays;
    }

    boolean mayHoldArrays(int field) {
        return (arrays & (1L << field)) != 0;
    }

    /** Remembers that documents hold arrays at these fields; told before the first such entry can be read. */
    void noteArrays(long more) {
        arrays |= more;
    }

    /** The keys under which a document is found here, none when the index leaves it out. */
    IndexKeys keysOf(Document document) {
        if (spec.partialFilter() != null && !new DefaultQueryMatcher().matches(document, spec.partialFilter())) {
            return IndexKeys.NONE;
        }
        return IndexKeys.of(spec, document);
    }

    /** The stored form of a key: within the key space, and distinct for each document unless the index is unique. */
    byte[] entryKey(byte[] key, byte[] documentKey) {
        byte[] placed = Bytes.concat(Bytes.ofInt(keyspace), key);
        return spec.unique() ? placed : Bytes.concat(placed, documentKey);
    }

    /** Keys of {@code first} that {@code second} has not. */
    static List<byte[]> difference(SortedSet<byte[]> first, SortedSet<byte[]> second) {
        return first.stream().filter(key -> !second.contains(key)).toList();
    }
}
