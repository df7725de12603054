package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which projections of {@code find} are understood: inclusion, exclusion, {@code $slice} and {@code $elemMatch}. */
final class Projections {

    private static final Set<String> OPERATORS = Set.of("$slice", "$elemMatch");

    private Projections() {}

    static void check(@Nullable Document projection) {
        if (projection != null) {
            projection.forEach(Projections::check);
        }
    }

    private static void check(String path, @Nullable Object value) {
        boolean understood = value instanceof Number
                || value instanceof Boolean
                || value instanceof Document operators
                        && operators.size() == 1
                        && OPERATORS.containsAll(operators.keySet());
        if (!understood || path.endsWith(".$")) {
            throw NotSupported.error("The projection of '" + path + "' by an expression");
        }
    }
}
