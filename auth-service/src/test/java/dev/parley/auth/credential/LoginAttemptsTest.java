package dev.parley.auth.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.parley.auth.token.SettableClock;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.EmbeddedParts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;

class LoginAttemptsTest {

    private static MongoClient client;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final String database = "attempts-" + Ids.next();
    private final LoginAttempts attempts = instance();
    private final LoginAttempts elsewhere = instance();

    @BeforeAll
    static void connect() {
        client = MongoClients.create(EmbeddedParts.storeUri());
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    /** Of several, with a store for all. */
    private LoginAttempts instance() {
        return new LoginAttempts(
                new AttemptStore(new ReactiveMongoTemplate(client, database)),
                new LoginLimitSettings(2, Duration.ofMinutes(5), 4, Duration.ofMinutes(10), 1_000, 1),
                clock,
                metrics);
    }

    @Test
    void countsWhatHappensAtAllInstances() {
        attempts.begin("account", "address").block();
        elsewhere.begin("account", "address").block();
        assertThat(refusal("account", "address")).isNotNull();
        assertThatThrownBy(() -> elsewhere.begin("account", "address").block()).isInstanceOf(ApiException.class);
        clock.advance(Duration.ofMinutes(11));
        elsewhere.begin("account", "address").flatMap(elsewhere::succeeded).block();
        attempts.begin("account", "address").block();
        elsewhere.begin("account", "address").block();
    }

    @Test
    void opensAgainWhenTheWindowEnds() {
        attempts.begin("account", "address").block();
        clock.advance(Duration.ofMinutes(4));
        attempts.begin("account", "address").block();
        ApiException refusal = refusal("account", "address");
        assertThat(refusal.retryAfter()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(61));
        assertThat(metrics.counter("parley.auth.login.refused", "limit", "account")
                        .count())
                .isEqualTo(1);
        clock.advance(Duration.ofSeconds(61));
        attempts.begin("account", "address").block();
    }

    @Test
    void doesNotCountAnAttemptThatToldNothing() {
        for (int i = 0; i < 10; i++) {
            attempts.begin("account", "address").flatMap(attempts::withdraw).block();
        }
    }

    @Test
    void keepsTheFailuresOfOthersFromAnAddressThatSucceeds() {
        attempts.begin("victim", "address").block();
        attempts.begin("another victim", "address").block();
        attempts.begin("own", "address").flatMap(attempts::succeeded).block();
        attempts.begin("a third", "address").block();
        attempts.begin("a fourth", "address").block();
        assertThat(refusal("a fifth", "address")).isNotNull();
    }

    @Test
    void countsAnAccountOfAnAddressForItself() {
        for (String address : List.of("one", "another", "a third")) {
            attempts.begin("account", address).block();
            attempts.begin("account", address).block();
            assertThat(refusal("account", address)).isNotNull();
        }
        attempts.begin("account", "of the owner").block();
    }

    @Test
    void keepsTheFailuresFromElsewhereWhenTheOwnerSucceeds() {
        attempts.begin("account", "elsewhere").block();
        attempts.begin("account", "elsewhere").block();
        attempts.begin("account", "of the owner").flatMap(attempts::succeeded).block();
        assertThat(refusal("account", "elsewhere")).isNotNull();
    }

    @Test
    void countsAnAddressForLongerThanAnAccount() {
        attempts.begin("account", "address").block();
        attempts.begin("account", "address").block();
        clock.advance(Duration.ofMinutes(6));
        attempts.begin("account", "address").block();
        attempts.begin("account", "address").block();
        assertThat(refusal("account", "address").retryAfter())
                .isBetween(Duration.ofMinutes(4), Duration.ofSeconds(241));
        assertThat(metrics.counter("parley.auth.login.refused", "limit", "address")
                        .count())
                .isEqualTo(1);
    }

    private ApiException refusal(String account, String address) {
        return catchThrowableOfType(
                ApiException.class, () -> attempts.begin(account, address).block());
    }
}
