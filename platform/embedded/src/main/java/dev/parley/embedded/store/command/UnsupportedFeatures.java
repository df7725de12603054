package dev.parley.embedded.store.command;

import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.error.StoreError;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses commands and options that this store does not support, so that none of them is ignored silently. */
final class UnsupportedFeatures {

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

    private static final Set<String> PROJECTION_OPERATORS = Set.of("$slice", "$elemMatch");

    private UnsupportedFeatures() {}

    static void rejectOptions(Document command) {
        if (command.containsKey("startTransaction") || Boolean.FALSE.equals(command.get("autocommit"))) {
            throw StoreError.ILLEGAL_OPERATION.with(
                    "Transaction numbers are only allowed on a replica set member or mongos");
        }
        rejectCollation(command);
        for (String option : OPTIONS) {
            Object value = command.get(option);
            if (value != null && !Boolean.FALSE.equals(value)) {
                throw StoreError.notSupported("The option '" + option + "'");
            }
        }
        if (command.get("let") instanceof Document variables && !variables.isEmpty()) {
            throw StoreError.notSupported("The option 'let'");
        }
    }

    static void rejectCollation(Document options) {
        if (options.get("collation") instanceof Document collation
                && !collation.isEmpty()
                && !"simple".equals(collation.get("locale"))) {
            throw StoreError.notSupported("A collation");
        }
    }

    static void rejectPipelineUpdate(@Nullable Object update) {
        if (update instanceof List) {
            throw StoreError.notSupported("An update by an aggregation pipeline");
        }
    }

    static void rejectStages(List<Document> pipeline) {
        for (Document stage : pipeline) {
            for (String name : stage.keySet()) {
                if (name.equals("$changeStream")) {
                    throw StoreError.CHANGE_STREAM_NEEDS_REPLICA_SET.with(
                            "The $changeStream stage is only supported on replica sets");
                }
                if (STAGES.contains(name)) {
                    throw StoreError.notSupported("The stage '" + name + "'");
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
            throw StoreError.notSupported("A $lookup with both localField and pipeline");
        }
        if (lookup.get("pipeline") instanceof List<?> pipeline) {
            rejectStages(Aggregation.parse(pipeline));
        }
    }

    /** Projections may include, exclude, or use {@code $slice} or {@code $elemMatch}. */
    static void rejectProjection(@Nullable Document projection) {
        if (projection != null) {
            projection.forEach(UnsupportedFeatures::rejectProjection);
        }
    }

    private static void rejectProjection(String path, @Nullable Object value) {
        boolean supported = value instanceof Number
                || value instanceof Boolean
                || value instanceof Document operators
                        && operators.size() == 1
                        && PROJECTION_OPERATORS.containsAll(operators.keySet());
        if (!supported || path.endsWith(".$")) {
            throw StoreError.notSupported("The projection of '" + path + "' by an expression");
        }
    }
}
