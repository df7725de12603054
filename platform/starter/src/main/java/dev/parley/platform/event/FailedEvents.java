package dev.parley.platform.event;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoWriteConcernException;
import dev.parley.platform.error.ApiException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.web.reactive.function.client.WebClientException;

/**
 * What happens to an event that its handler fails for. While a dependency is down the partition waits, for as long as it
 * takes: going on would lose what the event says. An event that can never be handled goes to the dead-letter topic of
 * its group at once, so that it does not hold up the others; a reader without a group logs it and goes on.
 */
final class FailedEvents {

    private static final Logger log = LoggerFactory.getLogger(FailedEvents.class);
    private static final long FIRST_RETRY_MILLIS = 200;
    private static final long LONGEST_RETRY_MILLIS = 30_000;
    private static final String RETRYABLE_WRITE = "RetryableWriteError";

    private final KafkaTemplate<String, byte[]> deadLetters;

    FailedEvents(KafkaTemplate<String, byte[]> deadLetters) {
        this.deadLetters = deadLetters;
    }

    CommonErrorHandler handler(@Nullable String group) {
        ExponentialBackOff untilItPasses = new ExponentialBackOff(FIRST_RETRY_MILLIS, 2);
        untilItPasses.setMaxInterval(LONGEST_RETRY_MILLIS);
        DefaultErrorHandler handler = new DefaultErrorHandler(recoverer(group), untilItPasses);
        handler.setClassifications(Map.of(BatchListenerFailedException.class, false), true);
        return handler;
    }

    private ConsumerRecordRecoverer recoverer(@Nullable String group) {
        if (group == null) {
            return (message, failure) ->
                    log.error("Skipped {}-{}@{}", message.topic(), message.partition(), message.offset(), failure);
        }
        return new DeadLetterPublishingRecoverer(
                deadLetters, (message, failure) -> new TopicPartition(deadLetterTopic(message.topic(), group), -1));
    }

    static String deadLetterTopic(String topic, String group) {
        return topic + "." + group + ".dead";
    }

    /** Whether the store did not take a write only because its primary is changing, or could not confirm it in time. */
    private static boolean isOfAPrimaryThatChanges(Throwable failure) {
        return failure instanceof MongoException labelled && labelled.hasErrorLabel(RETRYABLE_WRITE)
                || failure instanceof MongoNotPrimaryException
                || failure instanceof MongoNodeIsRecoveringException
                || failure instanceof MongoWriteConcernException
                || failure instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() != null;
    }

    /** Whether trying again may help, with nothing changed but time. */
    static boolean isTransient(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataAccessException && !(cause instanceof DuplicateKeyException)
                    || cause instanceof MongoException && !(cause instanceof MongoServerException)
                    || isOfAPrimaryThatChanges(cause)
                    || cause instanceof WebClientException
                    || cause instanceof ApiException refused
                            && refused.code().status() == HttpStatus.SERVICE_UNAVAILABLE
                    || cause instanceof TimeoutException
                    || cause instanceof IOException
                    || cause instanceof org.apache.kafka.common.KafkaException) {
                return true;
            }
        }
        return false;
    }
}
