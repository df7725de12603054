package dev.parley.embedded.store.error;

import de.bwaldvogel.mongo.exception.MongoServerError;

/** The errors that the store itself reports to clients, with MongoDB's codes for them. The library has more of its own. */
public enum StoreError {
    INTERNAL_ERROR(1, "InternalError"),
    UNKNOWN_ERROR(8, "UnknownError"),
    UNAUTHORIZED(13, "Unauthorized"),
    AUTHENTICATION_FAILED(18, "AuthenticationFailed"),
    ILLEGAL_OPERATION(20, "IllegalOperation"),
    NAMESPACE_NOT_FOUND(26, "NamespaceNotFound"),
    INDEX_NOT_FOUND(27, "IndexNotFound"),
    CANNOT_CREATE_INDEX(67, "CannotCreateIndex"),
    INDEX_OPTIONS_CONFLICT(85, "IndexOptionsConflict"),
    INDEX_KEY_SPECS_CONFLICT(86, "IndexKeySpecsConflict"),
    COLLECTION_DROPPED(175, "QueryPlanKilled"),
    NOT_IMPLEMENTED(238, "NotImplemented"),
    MEMORY_LIMIT_EXCEEDED(292, "QueryExceededMemoryLimitNoDiskUseAllowed"),
    MECHANISM_UNAVAILABLE(334, "MechanismUnavailable"),
    DOCUMENT_TOO_LARGE(10_334, "BSONObjectTooLarge"),
    LIMIT_NOT_POSITIVE(15_958, "Location15958"),
    CHANGE_STREAM_NEEDS_REPLICA_SET(40_573, "Location40573");

    private final int code;
    private final String codeName;

    StoreError(int code, String codeName) {
        this.code = code;
        this.codeName = codeName;
    }

    public int code() {
        return code;
    }

    public String codeName() {
        return codeName;
    }

    public MongoServerError with(String message) {
        return new MongoServerError(code, codeName, message);
    }

    /** @param what a subject in the singular, such as "A collation" */
    public static MongoServerError notSupported(String what) {
        return NOT_IMPLEMENTED.with(what + " is not supported by the embedded store; use a MongoDB server");
    }
}
