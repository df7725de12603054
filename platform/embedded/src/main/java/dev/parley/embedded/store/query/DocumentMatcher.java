package dev.parley.embedded.store.query;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.document.StoredDocument;
import dev.parley.embedded.store.filter.Conditions;
import dev.parley.embedded.store.index.IndexSpec;
import dev.parley.embedded.store.text.TextSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Checks whether a document that a plan leads to matches the filter. */
final class DocumentMatcher {

    private DocumentMatcher() {}

    static Predicate<StoredDocument> of(Document filter, QueryPlan plan) {
        if (plan.exact()) {
            return stored -> true;
        }
        // The library's matcher remembers where it matched, so each query has its own.
        DefaultQueryMatcher matcher = new DefaultQueryMatcher();
        Document search = Conditions.of(filter).textSearch();
        if (search == null) {
            return stored -> matcher.matches(stored.document(), filter);
        }
        Document rest = withoutText(filter);
        TextSearch text = TextPlanner.parse(search);
        IndexSpec spec = plan.index().spec();
        return stored -> matcher.matches(stored.document(), rest) && text.matches(spec.textsOf(stored.document()));
    }

    private static Document withoutText(Document filter) {
        Document rest = new Document();
        filter.forEach((name, value) -> {
            if (name.equals("$and") && value instanceof List<?> parts) {
                List<Object> kept = new ArrayList<>();
                parts.forEach(part -> kept.add(withoutTextInside(part)));
                rest.put(name, kept);
            } else if (!name.equals("$text")) {
                rest.put(name, value);
            }
        });
        return rest;
    }

    private static @Nullable Object withoutTextInside(@Nullable Object part) {
        return part instanceof Document document ? withoutText(document) : part;
    }
}
