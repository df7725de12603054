package dev.parley.platform.event;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.StoreOutage;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.data.mongodb.ClientSessionException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/** What to expect of an event that could not be handled, if it is handled again. */
enum EventFailure {

    /** It fails for what is around it, such as a store that is away, not for what it says. Later it can be handled. */
    PASSES,

    /** It cannot be told why it fails. */
    UNCERTAIN,

    /** It fails for what it says, and will always fail. */
    LASTS;

    /** Judged by the failure and its causes: the most hopeful of them counts. */
    static EventFailure of(Throwable failure) {
        EventFailure hope = LASTS;
        for (Throwable cause = failure; cause != null && hope != PASSES; cause = cause.getCause()) {
            EventFailure verdict = ofAlone(cause);
            if (verdict.compareTo(hope) < 0) {
                hope = verdict;
            }
        }
        return hope;
    }

    private static EventFailure ofAlone(Throwable failure) {
        if (StoreOutage.isSaidBy(failure)) {
            return PASSES;
        }
        if (failure instanceof DataAccessException access) {
            return of(access);
        }
        if (failure instanceof MongoException store) {
            return of(store);
        }
        if (failure instanceof ApiException refused) {
            return of(refused.code().status());
        }
        if (failure instanceof WebClientResponseException answer) {
            return of(answer.getStatusCode());
        }
        if (failure instanceof RecordTooLargeException || failure instanceof SerializationException) {
            return LASTS;
        }
        return failure instanceof WebClientException
                        || failure instanceof KafkaException
                        || failure instanceof TimeoutException
                        || failure instanceof IOException
                ? PASSES
                : LASTS;
    }

    /** A missing permission is a mistake of the operator, not of the event. */
    private static EventFailure of(DataAccessException failure) {
        if (failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof NonTransientDataAccessResourceException
                || failure instanceof PermissionDeniedDataAccessException) {
            return PASSES;
        }
        return failure instanceof UncategorizedDataAccessException || failure instanceof ClientSessionException
                ? UNCERTAIN
                : LASTS;
    }

    private static EventFailure of(MongoException failure) {
        return failure instanceof MongoWriteException || failure instanceof MongoBulkWriteException ? LASTS : UNCERTAIN;
    }

    /** An answer of another service: one that is busy, away or does not know this service is so for every event. */
    private static EventFailure of(HttpStatusCode status) {
        if (status.isSameCodeAs(HttpStatus.INTERNAL_SERVER_ERROR)) {
            return UNCERTAIN;
        }
        return status.is5xxServerError()
                        || status.isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS)
                        || status.isSameCodeAs(HttpStatus.REQUEST_TIMEOUT)
                        || status.isSameCodeAs(HttpStatus.UNAUTHORIZED)
                ? PASSES
                : LASTS;
    }
}
