package dev.parley.embedded.store.table;

import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.document.BsonCodec;
import dev.parley.embedded.store.index.StoredIndex;
import dev.parley.embedded.store.storage.ColumnFamily;
import dev.parley.embedded.store.storage.KeyRange;
import dev.parley.embedded.store.storage.KeyScan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads all documents and all index entries of a table and reports where they disagree. No one may write meanwhile. */
final class TableValidation {

    private final Table table;
    private final List<String> errors = new ArrayList<>();

    private TableValidation(Table table) {
        this.table = table;
    }

    static Document of(Table table) {
        TableValidation validation = new TableValidation(table);
        long documents = validation.checkDocuments();
        Document keys = new Document();
        for (StoredIndex index : table.indexes()) {
            keys.put(index.name(), validation.checkEntries(index));
        }
        if (documents != table.count()) {
            validation.errors.add("The count is " + table.count() + ", the documents are " + documents);
        }
        return new Document("ns", table.namespace())
                .append("nrecords", documents)
                .append("nIndexes", table.indexes().size() + 1)
                .append("keysPerIndex", keys)
                .append("valid", validation.errors.isEmpty())
                .append("errors", validation.errors);
    }

    private long checkDocuments() {
        long documents = 0;
        try (KeyScan scan = scan(ColumnFamily.DOCUMENTS, table.entry().keyspace())) {
            while (scan.advance()) {
                documents++;
                Document document = BsonCodec.decode(scan.value());
                for (StoredIndex index : table.indexes()) {
                    checkDocument(index, scan.key(), document);
                }
            }
        }
        return documents;
    }

    private void checkDocument(StoredIndex index, byte[] documentKey, Document document) {
        for (byte[] key : index.keysOf(document).keys()) {
            byte[] found = table.storage().get(ColumnFamily.ENTRIES, index.entryKey(key, documentKey));
            if (!Arrays.equals(found, documentKey)) {
                errors.add(index.name() + " misses the document " + document.get("_id"));
            }
        }
    }

    private long checkEntries(StoredIndex index) {
        long entries = 0;
        try (KeyScan scan = scan(ColumnFamily.ENTRIES, index.keyspace())) {
            while (scan.advance()) {
                entries++;
                checkEntry(index, scan.key(), scan.value());
            }
        }
        return entries;
    }

    private void checkEntry(StoredIndex index, byte[] entryKey, byte[] documentKey) {
        byte[] stored = table.storage().get(ColumnFamily.DOCUMENTS, documentKey);
        boolean agrees = stored != null
                && index.keysOf(BsonCodec.decode(stored)).keys().stream()
                        .anyMatch(key -> Arrays.equals(index.entryKey(key, documentKey), entryKey));
        if (!agrees) {
            errors.add(index.name() + " has an entry that no document asks for");
        }
    }

    private KeyScan scan(ColumnFamily family, int keyspace) {
        return new KeyScan(table.storage(), family, List.of(KeyRange.of(keyspace)), false);
    }
}
