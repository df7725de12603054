package dev.parley.embedded.store.index;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.index.IndexSpec.Field;
import dev.parley.embedded.store.key.Bytes;
import java.util.List;

/**
 * An index as it is stored: entries whose keys are the encoded values of the indexed fields, and whose values are the keys
 * of the documents. The entries of one index have a key space of their own. An index that is not unique appends the
 * document's key to the key of the entry, which makes the entries distinct.
 */
public final class StoredIndex {

    private final IndexSpec spec;
    private final int keyspace;
    private volatile long arrays;

    /** @param arrays a bit for each field, set if some document has ever held an array there */
    public StoredIndex(IndexSpec spec, int keyspace, long arrays) {
        this.spec = spec;
        this.keyspace = keyspace;
        this.arrays = arrays;
    }

    public IndexSpec spec() {
        return spec;
    }

    public String name() {
        return spec.name();
    }

    public List<Field> fields() {
        return spec.fields();
    }

    public int keyspace() {
        return keyspace;
    }

    /** Whether this is the index on the id: the documents are stored in its order, and it has no entries of its own. */
    public boolean isPrimary() {
        return spec.name().equals(IndexSpec.ID_INDEX);
    }

    public long arrays() {
        return arrays;
    }

    public boolean mayHoldArrays(int field) {
        return (arrays & (1L << field)) != 0;
    }

    /** Remembers that documents hold arrays at these fields. Call it before the first such entry is written. */
    public void noteArrays(long more) {
        arrays |= more;
    }

    /** The keys of a document in this index; none if the index leaves the document out. */
    public IndexKeys keysOf(Document document) {
        if (spec.partialFilter() != null && !new DefaultQueryMatcher().matches(document, spec.partialFilter())) {
            return IndexKeys.NONE;
        }
        return IndexKeys.of(spec, document);
    }

    /** The key of the stored entry: it starts with the key space, and is distinct for each document unless the index is unique. */
    public byte[] entryKey(byte[] key, byte[] documentKey) {
        byte[] prefixed = Bytes.concat(Bytes.ofInt(keyspace), key);
        return spec.unique() ? prefixed : Bytes.concat(prefixed, documentKey);
    }
}
