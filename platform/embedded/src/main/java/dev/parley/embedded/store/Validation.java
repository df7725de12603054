package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads all documents and all entries of a table and reports where they disagree. The collection is to be locked. */
final class Validation {

    private final Table table;
    private final List<String> errors = new ArrayList<>();

    private Validation(Table table) {
        this.table = table;
    }

    static Document of(Table table) {
        Validation validation = new Validation(table);
        long documents = validation.checkDocuments();
        Document keys = new Document();
        for (StoredIndex index : table.indexes()) {
            keys.put(index.name(), validation.checkEntries(index));
        }
        if (documents != table.count()) {
            validation.errors.add("The count is " + table.count() + ", the documents are " + documents);
        }
        return Replies.ok(new Document("ns", table.namespace())
                .append("nrecords", documents)
                .append("nIndexes", table.indexes().size() + 1)
                .append("keysPerIndex", keys)
                .append("valid", validation.errors.isEmpty())
                .append("errors", validation.errors));
    }

    private long checkDocuments() {
        long documents = 0;
        try (KeyScan scan = scan(Family.DOCUMENTS, table.entry().keyspace())) {
            while (scan.advance()) {
                documents++;
                Document document = Bson.decode(scan.value());
                for (StoredIndex index : table.indexes()) {
                    checkDocument(index, scan.key(), document);
                }
            }
        }
        return documents;
    }

    private void checkDocument(StoredIndex index, byte[] documentKey, Document document) {
        for (byte[] key : index.keysOf(document).keys()) {
            byte[] found = table.storage().get(Family.ENTRIES, index.entryKey(key, documentKey));
            if (!Arrays.equals(found, documentKey)) {
                errors.add(index.name() + " misses the document " + document.get("_id"));
            }
        }
    }

    private long checkEntries(StoredIndex index) {
        long entries = 0;
        try (KeyScan scan = scan(Family.ENTRIES, index.keyspace())) {
            while (scan.advance()) {
                entries++;
                checkEntry(index, scan.key(), scan.value());
            }
        }
        return entries;
    }

    private void checkEntry(StoredIndex index, byte[] entryKey, byte[] documentKey) {
        byte[] stored = table.storage().get(Family.DOCUMENTS, documentKey);
        boolean agrees = stored != null
                && index.keysOf(Bson.decode(stored)).keys().stream()
                        .anyMatch(key -> Arrays.equals(index.entryKey(key, documentKey), entryKey));
        if (!agrees) {
            errors.add(index.name() + " has an entry that no document asks for");
        }
    }

    private KeyScan scan(Family family, int keyspace) {
        return new KeyScan(table.storage(), family, List.of(KeyRange.of(keyspace)), false);
    }
}
