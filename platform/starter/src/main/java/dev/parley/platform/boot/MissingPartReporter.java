package dev.parley.platform.boot;

import com.mongodb.ConnectionString;
import com.mongodb.MongoSecurityException;
import dev.parley.platform.error.Causes;
import dev.parley.platform.error.StoreOutage;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.kafka.KafkaException;

/** Says in one sentence which part is missing where a service cannot start without it, and how to name another one. */
final class MissingPartReporter implements SpringBootExceptionReporter, Ordered {

    private static final Logger log = LoggerFactory.getLogger(MissingPartReporter.class);

    private final Environment environment;

    /** @param context of the service that failed to start; null if there was none yet */
    MissingPartReporter(@Nullable ConfigurableApplicationContext context) {
        this.environment = context == null ? new StandardEnvironment() : context.getEnvironment();
    }

    /** Before Spring's own, which shows where in the code a failure came from. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public boolean reportException(Throwable failure) {
        Optional<String> missing = storeIsMissing(failure) ? Optional.of(store(failure)) : broker(failure);
        missing.ifPresent(sentence -> log.error("{} cannot start: {}", name(), sentence));
        return missing.isPresent();
    }

    private String name() {
        return environment.getProperty("spring.application.name", "The service");
    }

    private static boolean storeIsMissing(Throwable failure) {
        return Causes.of(failure).anyMatch(StoreOutage::isSaidBy);
    }

    private String store(Throwable failure) {
        String hosts = String.join(
                ", ", new ConnectionString(environment.getRequiredProperty("spring.mongodb.uri")).getHosts());
        return Causes.include(failure, MongoSecurityException.class)
                ? "MongoDB at " + hosts + " does not accept the user or the password; set MONGODB_URI to"
                        + " mongodb://user:password@host:27017/parley?authSource=admin"
                : "there is no MongoDB at " + hosts + "; start one there, or set MONGODB_URI to its address, such as"
                        + " mongodb://host:27017/parley";
    }

    private Optional<String> broker(Throwable failure) {
        String servers = environment.getProperty("spring.kafka.bootstrap-servers", "");
        if (Causes.include(failure, AuthenticationException.class)) {
            return Optional.of(
                    "Kafka at " + servers
                            + " does not accept the user or the password; set them by SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG");
        }
        return brokerIsMissing(failure)
                ? Optional.of("there is no Kafka at " + servers
                        + "; start one there, or set KAFKA_BOOTSTRAP_SERVERS to its address, such as host:9092")
                : Optional.empty();
    }

    private static boolean brokerIsMissing(Throwable failure) {
        boolean late = Causes.include(failure, TimeoutException.class)
                && Causes.of(failure).anyMatch(MissingPartReporter::isSaidByKafkasClient);
        return late
                || Causes.include(failure, RetriableException.class)
                || Causes.of(failure)
                        .anyMatch(cause -> cause instanceof ConfigException unknown
                                && String.valueOf(unknown.getMessage()).contains("bootstrap"));
    }

    /** Who makes the topics says so of a broker that does not answer in time, without an exception of its own. */
    private static boolean isSaidByKafkasClient(Throwable cause) {
        return cause instanceof KafkaException || "Could not configure topics".equals(cause.getMessage());
    }
}
