package dev.parley.platform.event;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;

/**
 * What happens to an event that its handler fails for. While a dependency is away the partition waits, for as long as it
 * takes: going on would lose what the event says. An event that can never be handled goes to the dead-letter topic of its
 * group at once, so that it does not hold up the others, and one that fails for an unknown reason after a number of tries. A
 * reader without a group logs such an event and goes on.
 */
final class ConsumerErrorHandlers {

    private static final Logger log = LoggerFactory.getLogger(ConsumerErrorHandlers.class);
    private static final BackOff NEVER_AGAIN = new FixedBackOff(0, 0);

    private final KafkaTemplate<String, byte[]> deadLetters;
    private final ConsumerSettings settings;

    ConsumerErrorHandlers(KafkaTemplate<String, byte[]> deadLetters, ConsumerSettings settings) {
        this.deadLetters = deadLetters;
        this.settings = settings;
    }

    CommonErrorHandler of(EventSubscription subscription, ConsumerMetrics metrics) {
        ConsumerRecordRecoverer recoverer = recoverer(subscription);
        DefaultErrorHandler handler = new DefaultErrorHandler(
                (message, failure) -> {
                    recoverer.accept(message, failure);
                    metrics.givenUp();
                    // Readers go on behind it.
                    subscription.handler().onProgress(message.topic(), Map.of(message.partition(), message.offset()));
                },
                untilItPasses());
        handler.setClassifications(Map.of(), true);
        handler.setBackOffFunction((message, failure) -> switch (EventFailure.of(failure)) {
            case PASSES -> untilItPasses();
            case UNCERTAIN -> someTries();
            case LASTS -> NEVER_AGAIN;
        });
        handler.setRetryListeners(metrics);
        return handler;
    }

    private ExponentialBackOff untilItPasses() {
        ExponentialBackOff pauses = new ExponentialBackOff(settings.firstRetry().toMillis(), 2);
        pauses.setMaxInterval(settings.maxRetryInterval().toMillis());
        return pauses;
    }

    private ExponentialBackOff someTries() {
        ExponentialBackOff pauses = untilItPasses();
        pauses.setMaxAttempts(settings.maxTries() - 1);
        return pauses;
    }

    private ConsumerRecordRecoverer recoverer(EventSubscription subscription) {
        String group = subscription.group();
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
}
