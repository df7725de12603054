package dev.parley.embedded.store.query;

import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A query as a client asks it.
 *
 * @param hint the name or the keys of the index to use, or null to let the planner choose
 */
public record Query(
        Document filter,
        SortOrder sort,
        ResultWindow window,
        @Nullable Object hint) {}
