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
import org.springframework.core.env.Environment;
import org.springframework.kafka.KafkaException;

/** Which part is missing where a service cannot start without it, in one sentence that says how to name another one. */
public final class MissingPart {

    private MissingPart() {}

    /** Empty if the failure has another reason. */
    static Optional<String> of(Throwable failure, Environment environment) {
        return storeIsMissing(failure) ? Optional.of(store(failure, environment)) : broker(failure, environment);
    }

    private static boolean storeIsMissing(Throwable failure) {
        return Causes.of(failure).anyMatch(StoreOutage::isSaidBy);
    }

    private static String store(Throwable failure, Environment environment) {
        String hosts = String.join(
                ", ", new ConnectionString(environment.getRequiredProperty("spring.mongodb.uri")).getHosts());
        return Causes.include(failure, MongoSecurityException.class)
                ? "MongoDB at " + hosts + " does not accept the user or the password; set MONGODB_URI to"
                        + " mongodb://user:password@host:27017/parley?authSource=admin"
                : noStore(hosts);
    }

    /** @param hosts where it should be */
    public static String noStore(String hosts) {
        return "there is no MongoDB at " + hosts + "; start one there, or set MONGODB_URI to its address, such as"
                + " mongodb://host:27017/parley";
    }

    /** @param servers where it should be */
    public static String noBroker(String servers) {
        return "there is no Kafka at " + servers
                + "; start one there, or set KAFKA_BOOTSTRAP_SERVERS to its address, such as host:9092";
    }

    private static Optional<String> broker(Throwable failure, Environment environment) {
        String servers = environment.getProperty("spring.kafka.bootstrap-servers", "");
        if (Causes.include(failure, AuthenticationException.class)) {
            return Optional.of(
                    "Kafka at " + servers
                            + " does not accept the user or the password; set them by SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG");
        }
        return brokerIsMissing(failure) ? Optional.of(noBroker(servers)) : Optional.empty();
    }

    private static boolean brokerIsMissing(Throwable failure) {
        boolean late = Causes.include(failure, TimeoutException.class)
                && Causes.of(failure).anyMatch(MissingPart::isSaidByKafkasClient);
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
