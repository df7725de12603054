package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.BadValueException;
import dev.parley.embedded.store.IndexSpec.Field;
import dev.parley.embedded.store.key.Bytes;
import java.util.List;
import java.util.Objects;

/** Finds the documents of a text search by the rarest of its terms; each is then asked for all of them. */
final class TextPlanner {

    /** Terms are compared by their numbers of entries up to here. */
    private static final int MAX_COUNTED = 256;

    private final Storage storage;
    private final StoredIndex index;
    private final Conditions conditions;

    TextPlanner(Storage storage, StoredIndex index, Conditions conditions) {
        this.storage = storage;
        this.index = index;
        this.conditions = conditions;
    }

    Plan plan(SortOrder sort) {
        if (!Coverage.holdsAll(index.spec(), conditions)) {
            throw new BadValueException("The text index is partial and does not hold all that the query looks for");
        }
        byte[] prefix = prefix();
        Document search = Objects.requireNonNull(conditions.textSearch());
        List<KeyRange> ranges = TextIndexes.searchOf(search).requiredPrefixes().stream()
                .map(ValueRange::startingWith)
                .map(terms -> new KeyRange(Bytes.concat(prefix, terms.start()), Bytes.concat(prefix, terms.end())))
                .map(this::counted)
                .min((first, second) -> Integer.compare(first.entries, second.entries))
                .map(rarest -> List.of(rarest.range))
                .orElse(List.of());
        return new Plan(index, ranges, false, sort.isNone(), false, true, true, 0, List.of());
    }

    private byte[] prefix() {
        byte[] prefix = Bytes.ofInt(index.keyspace());
        for (Field field : index.fields()) {
            FieldBounds bounds = FieldBounds.of(conditions.at(field.path()), false);
            if (!bounds.isOnePoint()) {
                throw new BadValueException(
                        "failed to use text index to satisfy $text query (the query must ask for one" + " value of '"
                                + field.path() + "', which comes before the text)");
            }
            ValueRange value = bounds.ranges().get(0);
            prefix = Bytes.concat(prefix, field.descending() ? Bytes.inverted(value.start()) : value.start());
        }
        return prefix;
    }

    private record Counted(KeyRange range, int entries) {}

    private Counted counted(KeyRange range) {
        int entries = 0;
        try (KeyScan scan = new KeyScan(storage, Family.ENTRIES, List.of(range), false)) {
            while (entries < MAX_COUNTED && scan.advance()) {
                entries++;
            }
        }
        return new Counted(range, entries);
    }
}
