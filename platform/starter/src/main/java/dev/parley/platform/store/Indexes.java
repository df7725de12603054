package dev.parley.platform.store;

import java.util.List;
import org.springframework.data.mongodb.core.index.IndexDefinition;

/** The indexes of a collection. Declared as a bean; they exist before the service takes its first request. */
public record Indexes(String collection, List<IndexDefinition> definitions) {

    public static Indexes of(String collection, IndexDefinition... definitions) {
        return new Indexes(collection, List.of(definitions));
    }
}
