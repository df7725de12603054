package dev.parley.embedded.store.command;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.InvalidNamespaceError;
import de.bwaldvogel.mongo.exception.TypeMismatchException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of a command. */
final class CommandArguments {

    private CommandArguments() {}

    /** The collection that a command is about: the value of its first field. */
    static String collection(Document command) {
        if (command.values().iterator().next() instanceof String name && !name.isEmpty()) {
            return name;
        }
        throw new InvalidNamespaceError(
                "the collection of a '" + command.keySet().iterator().next() + "'");
    }

    static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    /** A field that may be absent, but must be a document where it is there. */
    static @Nullable Document document(Document command, String field) {
        Object value = command.get(field);
        if (value == null || value instanceof Document) {
            return (Document) value;
        }
        throw new TypeMismatchException("The field '" + field + "' must be an object");
    }

    static Document documentOrEmpty(Document command, String field) {
        Document value = document(command, field);
        return value == null ? new Document() : value;
    }

    static List<Document> documents(Document command, String field) {
        List<Document> result = new ArrayList<>();
        if (command.get(field) instanceof List<?> list) {
            list.forEach(element -> result.add((Document) element));
            return result;
        }
        throw new TypeMismatchException("The field '" + field + "' must be an array");
    }
}
