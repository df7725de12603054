package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The commands that change documents. One statement at a time goes to the library; order and errors are kept here. */
final class Writes {

    private static final int UNKNOWN_ERROR = 8;

    /** The library's own handling of a command. */
    interface Library {
        Document handle(String command, Document query);
    }

    private interface Statement {
        void run(int index, Document statement);
    }

    private final StoreDatabase database;

    Writes(StoreDatabase database) {
        this.database = database;
    }

    Document insert(Document command) {
        StoreCollection collection = database.resolveOrCreateCollection(Arguments.collection(command));
        List<Document> errors = run(command, "documents", (index, document) -> collection.addDocument(document));
        int attempted = attempted(command, "documents", errors);
        return reply(new Document("n", attempted - errors.size()), errors);
    }

    Document update(Document command, Library library) {
        List<Document> upserted = new ArrayList<>();
        int[] counts = new int[2];
        List<Document> errors = run(command, "updates", (index, statement) -> {
            NotSupported.rejectPipelineUpdate(statement.get("u"));
            NotSupported.rejectCollation(statement);
            Document reply = single(library, command, "update", "updates", statement);
            counts[0] += (Integer) nonNull(reply, "n");
            counts[1] += (Integer) nonNull(reply, "nModified");
            if (reply.get("upserted") instanceof List<?> list) {
                upserted.add(new Document("index", index).append("_id", ((Document) list.get(0)).get("_id")));
            }
        });
        Document reply = new Document("n", counts[0]).append("nModified", counts[1]);
        if (!upserted.isEmpty()) {
            reply.put("upserted", upserted);
        }
        return reply(reply, errors);
    }

    Document delete(Document command, Library library) {
        int[] count = new int[1];
        List<Document> errors = run(command, "deletes", (index, statement) -> {
            NotSupported.rejectCollation(statement);
            count[0] += (Integer) nonNull(single(library, command, "delete", "deletes", statement), "n");
        });
        return reply(new Document("n", count[0]), errors);
    }

    Document findAndModify(Document command) {
        NotSupported.rejectPipelineUpdate(command.get("update"));
        Projections.check(Arguments.document(command, "fields"));
        if (command.get("query") == null) {
            command.put("query", new Document());
        }
        return database.resolveOrCreateCollection(Arguments.collection(command)).findAndModify(command);
    }

    private static Document single(
            Library library, Document command, String verb, String listName, Document statement) {
        Document one = new Document(verb, Arguments.collection(command)).append(listName, List.of(statement));
        Document reply = library.handle(verb, one);
        if (reply.get("writeErrors") instanceof List<?> errors) {
            Document error = (Document) errors.get(0);
            Object code = error.get("code");
            throw new MongoServerError(
                    code instanceof Integer number ? number : UNKNOWN_ERROR, String.valueOf(error.get("errmsg")));
        }
        return reply;
    }

    /** Runs the statements in turn, to the first error if they are ordered, and returns the errors. */
    private static List<Document> run(Document command, String listName, Statement work) {
        boolean ordered = !Boolean.FALSE.equals(command.get("ordered"));
        List<Document> errors = new ArrayList<>();
        int index = 0;
        for (Document statement : Arguments.documents(command, listName)) {
            try {
                work.run(index, statement);
            } catch (MongoServerException e) {
                errors.add(Replies.writeError(
                        index,
                        e instanceof MongoServerError error ? error.getCode() : UNKNOWN_ERROR,
                        e.getMessageWithoutErrorCode()));
                if (ordered) {
                    break;
                }
            }
            index++;
        }
        return errors;
    }

    private static int attempted(Document command, String listName, List<Document> errors) {
        boolean stopped = !errors.isEmpty() && !Boolean.FALSE.equals(command.get("ordered"));
        return stopped
                ? (Integer) nonNull(errors.get(0), "index") + 1
                : Arguments.documents(command, listName).size();
    }

    private static Document reply(Document reply, List<Document> errors) {
        if (!errors.isEmpty()) {
            reply.put("writeErrors", errors);
        }
        return Replies.ok(reply);
    }

    private static Object nonNull(Document document, String field) {
        return Objects.requireNonNull(document.get(field), field);
    }
}
