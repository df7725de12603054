package dev.parley.embedded.store;

import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses what this store cannot do, in words and with a code, rather than do something else. */
final class NotSupported {

    private static final int NOT_IMPLEMENTED = 238;
    private static final int ILLEGAL_OPERATION = 20;
    private static final int CHANGE_STREAM_NEEDS_REPLICA_SET = 40573;

    private static final List<String> OPTIONS = List.of(
            "tailable",
            "awaitData",
            "min",
            "max",
            "returnKey",
            "showRecordId",
            "validator",
            "viewOn",
            "clusteredIndex",
            "encryptedFields",
            "timeseries");
    private static final Set<String> STAGES = Set.of(
            "$out",
            "$merge",
            "$graphLookup",
            "$setWindowFields",
            "$unionWith",
            "$search",
            "$vectorSearch",
            "$densify",
            "$fill",
            "$collStats",
            "$geoNear",
            "$indexStats");

    private NotSupported() {}

    static MongoServerError error(String what) {
        return new MongoServerError(
                NOT_IMPLEMENTED,
                "NotImplemented",
                what + " is not supported by the embedded store; use a MongoDB server");
    }

    static void rejectOptions(Document command) {
        if (command.containsKey("startTransaction") || Boolean.FALSE.equals(command.get("autocommit"))) {
            throw new MongoServerError(
                    ILLEGAL_OPERATION,
                    "IllegalOperation",
                    "Transaction numbers are only allowed on a replica set member or mongos");
        }
        rejectCollation(command);
        for (String option : OPTIONS) {
            Object value = command.get(option);
            if (value != null && !Boolean.FALSE.equals(value)) {
                throw error("The option '" + option + "'");
            }
        }
        if (command.get("let") instanceof Document variables && !variables.isEmpty()) {
            throw error("The option 'let'");
        }
    }

    static void rejectCollation(Document options) {
        if (options.get("collation") instanceof Document collation
                && !collation.isEmpty()
                && !"simple".equals(collation.get("locale"))) {
            throw error("A collation");
        }
    }

    static void rejectPipelineUpdate(@Nullable Object update) {
        if (update instanceof List) {
            throw error("An update by an aggregation pipeline");
        }
    }

    static void rejectStages(List<Document> pipeline) {
        for (Document stage : pipeline) {
            for (String name : stage.keySet()) {
                if (name.equals("$changeStream")) {
                    throw new MongoServerError(
                            CHANGE_STREAM_NEEDS_REPLICA_SET,
                            "The $changeStream stage is only supported on replica sets");
                }
                if (STAGES.contains(name)) {
                    throw error("The stage '" + name + "'");
                }
                if (name.equals("$facet") && stage.get(name) instanceof Document facets) {
                    facets.values().forEach(facet -> rejectStages(Aggregation.parse(facet)));
                }
                if (name.equals("$lookup") && stage.get(name) instanceof Document lookup) {
                    rejectLookup(lookup);
                }
            }
        }
    }

    private static void rejectLookup(Document lookup) {
        if (lookup.containsKey("pipeline") && lookup.containsKey("localField")) {
            throw error("A $lookup with both localField and pipeline");
        }
        if (lookup.get("pipeline") instanceof List<?> pipeline) {
            rejectStages(Aggregation.parse(pipeline));
        }
    }
}
