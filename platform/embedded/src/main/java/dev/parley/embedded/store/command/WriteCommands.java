package dev.parley.embedded.store.command;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import dev.parley.embedded.store.collection.StoreCollection;
import dev.parley.embedded.store.error.StoreError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The commands that change documents. They pass one statement at a time to the library, and collect the errors. */
final class WriteCommands {

    /** Runs a command as the library does by itself. */
    interface Library {
        Document handle(String command, Document query);
    }

    private interface Statement {
        void run(int index, Document statement);
    }

    private final StoreDatabase database;

    WriteCommands(StoreDatabase database) {
        this.database = database;
    }

    Document insert(Document command) {
        StoreCollection collection = database.resolveOrCreateCollection(CommandArguments.collection(command));
        List<Document> errors = run(command, "documents", (index, document) -> collection.addDocument(document));
        int attempted = attempted(command, "documents", errors);
        return reply(new Document("n", attempted - errors.size()), errors);
    }

    Document update(Document command, Library library) {
        List<Document> upserted = new ArrayList<>();
        int[] counts = new int[2];
        List<Document> errors = run(command, "updates", (index, statement) -> {
            UnsupportedFeatures.rejectPipelineUpdate(statement.get("u"));
            UnsupportedFeatures.rejectCollation(statement);
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
            UnsupportedFeatures.rejectCollation(statement);
            count[0] += (Integer) nonNull(single(library, command, "delete", "deletes", statement), "n");
        });
        return reply(new Document("n", count[0]), errors);
    }

    Document findAndModify(Document command) {
        UnsupportedFeatures.rejectPipelineUpdate(command.get("update"));
        UnsupportedFeatures.rejectProjection(CommandArguments.document(command, "fields"));
        if (command.get("query") == null) {
            command.put("query", new Document());
        }
        return database.resolveOrCreateCollection(CommandArguments.collection(command))
                .findAndModify(command);
    }

    private static Document single(
            Library library, Document command, String verb, String listName, Document statement) {
        Document one = new Document(verb, CommandArguments.collection(command)).append(listName, List.of(statement));
        Document reply = library.handle(verb, one);
        if (reply.get("writeErrors") instanceof List<?> errors) {
            Document error = (Document) errors.get(0);
            Object code = error.get("code");
            throw new MongoServerError(
                    code instanceof Integer number ? number : StoreError.UNKNOWN_ERROR.code(),
                    String.valueOf(error.get("errmsg")));
        }
        return reply;
    }

    /** Runs the statements one by one and returns the errors. If they are ordered, it stops at the first error. */
    private static List<Document> run(Document command, String listName, Statement work) {
        boolean ordered = !Boolean.FALSE.equals(command.get("ordered"));
        List<Document> errors = new ArrayList<>();
        int index = 0;
        for (Document statement : CommandArguments.documents(command, listName)) {
            try {
                work.run(index, statement);
            } catch (MongoServerException e) {
                errors.add(Replies.writeError(
                        index,
                        e instanceof MongoServerError error ? error.getCode() : StoreError.UNKNOWN_ERROR.code(),
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
                : CommandArguments.documents(command, listName).size();
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
