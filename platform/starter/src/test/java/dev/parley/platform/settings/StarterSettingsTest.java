package dev.parley.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.deadline.DeadlineSettings;
import dev.parley.platform.disk.DiskSettings;
import dev.parley.platform.encryption.EncryptionSettings;
import dev.parley.platform.event.ConsumerSettings;
import dev.parley.platform.event.TopicSettings;
import dev.parley.platform.fetch.FetchSettings;
import dev.parley.platform.file.FileUrlSettings;
import dev.parley.platform.identity.DirectorySettings;
import dev.parley.platform.job.JobSettings;
import dev.parley.platform.outbox.OutboxSettings;
import dev.parley.platform.security.SecuritySettings;
import dev.parley.platform.service.ServiceClientSettings;
import dev.parley.platform.store.StoreSettings;
import dev.parley.platform.trace.TraceSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A setting that cannot be right stops the start, and the error says which property it is. */
class StarterSettingsTest {

    @EnableConfigurationProperties({
        SecuritySettings.class,
        ServiceClientSettings.class,
        DeadlineSettings.class,
        StoreSettings.class,
        JobSettings.class,
        DirectorySettings.class,
        OutboxSettings.class,
        ConsumerSettings.class,
        TopicSettings.class,
        EncryptionSettings.class,
        DiskSettings.class,
        FileUrlSettings.class,
        FetchSettings.class,
        TraceSettings.class
    })
    static class Settings {}

    private static final String KEYS = "parley.security.jwks-uri";

    @ParameterizedTest
    @CsvSource({
        "parley.security.issuer, ' ', is required",
        "parley.security.audience, ' ', is required",
        "parley.security.clock-skew, -1s, must not be negative",
        "parley.security.revoked-sessions-remembered, 0s, must be positive",
        "parley.security.max-revoked-sessions, 0, must be positive",
        "parley.security.unknown-key-pause, -1s, must not be negative",
        "parley.security.verified-tokens.max, -1, must not be negative",
        "parley.security.verified-tokens.max-age, 0s, must be positive",
        "parley.service-client.timeout, 0s, must be positive",
        "parley.service-client.max-connections, 0, must be positive",
        "parley.service-client.max-waiting, -1, must not be negative",
        "parley.requests.time-limit, 0s, must be at least a millisecond",
        "parley.store.timeout, 0s, must be at least a millisecond",
        "parley.jobs.lease, 50ms, must be at least 100ms",
        "parley.directory.max-users, -1, must not be negative",
        "parley.directory.max-age, 0s, must be positive",
        "parley.outbox.sweep-interval, 0s, must be positive",
        "parley.outbox.sweep-age, -1s, must not be negative",
        "parley.outbox.sweep-batch, 0, must be positive",
        "parley.outbox.max-tries, 0, must be positive",
        "parley.outbox.set-aside-interval, 0s, must be positive",
        "parley.outbox.max-counted, 0, must be positive",
        "parley.outbox.keep, -1s, must not be negative",
        "parley.outbox.clear-delay, 0s, must be positive",
        "parley.outbox.clear-batch, 0, must be positive",
        "parley.outbox.max-uncleared, 0, must be positive",
        "parley.consumers.max-tries, 0, must be positive",
        "parley.consumers.first-retry, 0s, must be positive",
        "parley.consumers.max-retry-interval, 100ms, must not be shorter than parley.consumers.first-retry",
        "parley.tracing.untraced-paths, actuator, must begin with a slash each",
        "parley.topics.partitions, 0, must be positive",
        "parley.topics.replicas, 0, must be positive",
        "parley.encryption.max-cached-keys, 0, must be positive",
        "parley.encryption.key-max-age, -1s, must not be negative",
        "parley.encryption.rotation-interval, 0s, must be positive",
        "parley.encryption.rotation-batch, 0, must be positive",
        "parley.disk.min-free, 0B, must be positive",
        "parley.disk.resume-at, 1MB, must not be less than parley.disk.min-free",
        "parley.disk.check-interval, 0s, must be at least a millisecond",
        "parley.files.public-url, chat.example.org, must be an address such as https://chat.example.org",
        "parley.files.public-url, 'https://chat.example.org?a=b', must be an address such as https://chat.example.org",
        "parley.files.url-window, 500ms, must be at least a second",
        "parley.files.attachment-url-lifetime, 0s, must be at least a second",
        "parley.files.picture-url-lifetime, -1m, must be at least a second",
        "parley.fetch.timeout, 0s, must be at least a millisecond",
        "parley.fetch.connect-timeout, 0s, must be at least a millisecond",
        "parley.fetch.max-redirects, -1, must not be negative",
        "parley.fetch.max-concurrent, 0, must be positive"
    })
    void theErrorNamesTheProperty(String property, String value, String rule) {
        runner(Map.of(KEYS, "http://localhost/keys", property, value))
                .run(context -> assertThat(context).getFailure().rootCause().hasMessage(property + " " + rule));
    }

    @ParameterizedTest
    @CsvSource({"parley.security.verified-tokens.max, 0", "parley.security.clock-skew, 0s"})
    void theSmallestValueThatIsAllowedIsTaken(String property, String value) {
        runner(Map.of(KEYS, "http://localhost/keys", property, value))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void thereIsNoDefaultForWhereTheKeysAre() {
        runner(Map.of())
                .run(context -> assertThat(context).getFailure().rootCause().hasMessage(KEYS + " is required"));
    }

    private static ApplicationContextRunner runner(Map<String, String> properties) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Settings.class)
                .withPropertyValues(properties.entrySet().stream()
                        .map(property -> property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
    }
}
