package dev.parley.embedded.store.query;

import dev.parley.embedded.store.index.IndexSpec.Field;
import dev.parley.embedded.store.index.StoredIndex;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks whether an index, read forwards or backwards, returns documents in the order asked for. */
final class IndexOrder {

    private final StoredIndex index;
    private final List<Field> fields;
    private final Set<String> fixed;
    private @Nullable Boolean backwards;
    private int next;

    /** @param fixed the fields for which the query asks for one value only, so that they do not affect the order */
    IndexOrder(StoredIndex index, Set<String> fixed) {
        this.index = index;
        this.fields = index.fields();
        this.fixed = fixed;
    }

    boolean gives(SortOrder sort) {
        for (Field wanted : sort.fields()) {
            if (!isConstant(wanted.path()) && !follows(wanted)) {
                backwards = null;
                return false;
            }
        }
        return true;
    }

    boolean isBackwards() {
        return Boolean.TRUE.equals(backwards);
    }

    private boolean follows(Field wanted) {
        while (next < fields.size() && fixed.contains(fields.get(next).path())) {
            next++;
        }
        if (next < fields.size()) {
            Field field = fields.get(next);
            boolean usable = field.path().equals(wanted.path()) && !index.mayHoldArrays(next);
            next++;
            return usable && agrees(field.descending() != wanted.descending());
        }
        // Entries with equal fields: a unique index has one at most, any other index sorts them by ascending id.
        return index.spec().unique() && index.arrays() == 0
                || wanted.path().equals("_id") && agrees(wanted.descending());
    }

    private boolean agrees(boolean reversed) {
        if (backwards == null) {
            backwards = reversed;
        }
        return backwards == reversed;
    }

    private boolean isConstant(String path) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).path().equals(path)) {
                return fixed.contains(path) && !index.mayHoldArrays(i);
            }
        }
        return false;
    }
}
