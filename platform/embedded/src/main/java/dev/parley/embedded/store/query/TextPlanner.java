package dev.parley.embedded.store.query;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.BadValueException;
import de.bwaldvogel.mongo.exception.FailedToParseException;
import dev.parley.embedded.store.error.StoreError;
import dev.parley.embedded.store.filter.Conditions;
import dev.parley.embedded.store.filter.FieldBounds;
import dev.parley.embedded.store.filter.ValueRange;
import dev.parley.embedded.store.index.IndexSpec.Field;
import dev.parley.embedded.store.index.StoredIndex;
import dev.parley.embedded.store.key.Bytes;
import dev.parley.embedded.store.storage.KeyRange;
import dev.parley.embedded.store.storage.KeyScan;
import dev.parley.embedded.store.table.Table;
import dev.parley.embedded.store.text.TextSearch;
import java.util.List;
import java.util.Objects;

/** Plans a text search: it reads the entries of the rarest term. Each document found is then checked for all terms. */
final class TextPlanner {

    /** The number of entries up to which terms are compared. */
    private static final int MAX_COUNTED = 256;

    private final Table table;
    private final StoredIndex index;
    private final Conditions conditions;

    TextPlanner(Table table, StoredIndex index, Conditions conditions) {
        this.table = table;
        this.index = index;
        this.conditions = conditions;
    }

    QueryPlan plan(SortOrder sort) {
        if (!IndexCoverage.holdsAll(index.spec(), conditions)) {
            throw new BadValueException("The text index is partial and does not hold all that the query looks for");
        }
        byte[] prefix = prefix();
        Document search = Objects.requireNonNull(conditions.textSearch());
        List<KeyRange> ranges = parse(search).requiredPrefixes().stream()
                .map(ValueRange::startingWith)
                .map(terms -> new KeyRange(Bytes.concat(prefix, terms.start()), Bytes.concat(prefix, terms.end())))
                .map(this::count)
                .min((first, second) -> Integer.compare(first.entries, second.entries))
                .map(rarest -> List.of(rarest.range))
                .orElse(List.of());
        return new QueryPlan(index, ranges, false, sort.isNone(), false, true, true, 0, List.of());
    }

    static TextSearch parse(Document search) {
        if (!(search.get("$search") instanceof String text)) {
            throw new FailedToParseException("\"$search\" had the wrong type. Expected string");
        }
        for (String option : List.of("$caseSensitive", "$diacriticSensitive")) {
            if (Utils.isTrue(search.get(option))) {
                throw StoreError.notSupported("The text search option '" + option + "'");
            }
        }
        return TextSearch.parse(text);
    }

    private byte[] prefix() {
        byte[] prefix = Bytes.ofInt(index.keyspace());
        for (Field field : index.fields()) {
            FieldBounds bounds = FieldBounds.of(conditions.at(field.path()), false);
            if (!bounds.isOnePoint()) {
                throw new BadValueException(
                        "failed to use text index to satisfy $text query (the query must ask for one value of '"
                                + field.path() + "', which comes before the text)");
            }
            ValueRange value = bounds.ranges().get(0);
            prefix = Bytes.concat(prefix, field.descending() ? Bytes.inverted(value.start()) : value.start());
        }
        return prefix;
    }

    private record CountedRange(KeyRange range, int entries) {}

    private CountedRange count(KeyRange range) {
        int entries = 0;
        try (KeyScan scan = table.scan(index, List.of(range), false)) {
            while (entries < MAX_COUNTED && scan.advance()) {
                entries++;
            }
        }
        return new CountedRange(range, entries);
    }
}
