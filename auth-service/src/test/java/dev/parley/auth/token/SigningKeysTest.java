package dev.parley.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.nimbusds.jose.jwk.JWK;
import dev.parley.platform.id.Ids;
import dev.parley.platform.security.SecuritySettings;
import dev.parley.platform.test.EmbeddedParts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

class SigningKeysTest {

    private static final Duration ROTATION = Duration.ofDays(30);
    private static final Instant PERIOD = Instant.EPOCH.plus(ROTATION.multipliedBy(700));
    private static final String WRAPPING_KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private static final String OTHER_KEY =
            Base64.getEncoder().encodeToString("another key of thirty-two bytes.".getBytes());

    private final MongoClient client = MongoClients.create(EmbeddedParts.storeUri());
    private final ReactiveMongoTemplate mongo = new ReactiveMongoTemplate(client, "keys-" + Ids.next());
    private final SettableClock clock = new SettableClock(PERIOD.plus(Duration.ofDays(3)));

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void signsWithOneKeyForAPeriodAndWithAnotherInTheNext() {
        SigningKeys keys = instance(null);
        String first = currentId(keys);
        clock.set(PERIOD.plus(ROTATION).minusMillis(1));
        assertThat(currentId(keys)).isEqualTo(first);
        clock.advance(Duration.ofMillis(1));
        assertThat(currentId(keys)).isNotEqualTo(first);
    }

    @Test
    void publishesTheNextKeyBeforeItSigns() {
        SigningKeys keys = instance(null);
        String first = currentId(keys);
        clock.set(PERIOD.plus(ROTATION).minus(Duration.ofHours(25)));
        assertThat(publishedIds(keys)).containsExactly(first);
        clock.advance(Duration.ofHours(2));
        List<String> ahead = publishedIds(keys);
        assertThat(ahead).hasSize(2).contains(first);
        assertThat(currentId(keys)).isEqualTo(first);
        clock.set(PERIOD.plus(ROTATION));
        assertThat(ahead).contains(currentId(keys));
    }

    @Test
    void publishesAnOldKeyUntilItsLastTokenHasExpired() {
        SigningKeys keys = instance(null);
        String first = currentId(keys);
        Instant lastTokenExpires = PERIOD.plus(ROTATION).plus(Duration.ofMinutes(15));
        clock.set(lastTokenExpires);
        assertThat(publishedIds(keys)).contains(first).hasSize(2);
        clock.set(lastTokenExpires.plus(Duration.ofMinutes(2)));
        assertThat(publishedIds(keys)).doesNotContain(first).hasSize(1);
    }

    @Test
    void publishesNoPrivateKey() {
        SigningKeys keys = instance(null);
        currentId(keys);
        assertThat(keys.published().block().getKeys()).isNotEmpty().noneMatch(JWK::isPrivate);
        assertThat(keys.published().block().toString()).doesNotContain("\"d\"");
    }

    @Test
    void agreesOnAKeyThatManyInstancesMakeAtOnce() {
        List<String> ids = Flux.range(0, 8)
                .parallel(4)
                .runOn(Schedulers.boundedElastic())
                .map(i -> currentId(instance(null)))
                .sequential()
                .collectList()
                .block();
        assertThat(ids).hasSize(8);
        assertThat(ids.stream().distinct()).hasSize(1);
    }

    @Test
    void keepsItsKeysOverARestart() {
        assertThat(currentId(instance(null))).isEqualTo(currentId(instance(null)));
    }

    @Test
    void storesPrivateKeysEncryptedUnderAWrappingKey() {
        String id = currentId(instance(WRAPPING_KEY));
        assertThat(storedKeys()).contains("gcm:").doesNotContain("\"d\"");
        assertThat(currentId(instance(WRAPPING_KEY))).isEqualTo(id);
        assertThatThrownBy(() -> currentId(instance(null))).hasMessageContaining("wrapping-key");
        assertThatThrownBy(() -> currentId(instance(OTHER_KEY))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void encryptsKeysThatWereStoredInTheClearWhenThereIsAWrappingKey() {
        SigningKeys before = instance(null);
        currentId(before);
        clock.advance(ROTATION.multipliedBy(2));
        String current = currentId(before);
        assertThat(storedKeys()).contains("\"d\"");

        SigningKeys after = instance(WRAPPING_KEY);
        assertThat(currentId(after)).isEqualTo(current);

        assertThat(storedKeys().split("gcm:")).hasSize(3);
        assertThat(storedKeys()).doesNotContain("\"d\"");
        assertThat(currentId(instance(WRAPPING_KEY))).isEqualTo(current);
    }

    @Test
    void encryptsKeysAnewWhenAnotherWrappingKeyTakesThePlaceOfTheFirst() {
        String id = currentId(instance(WRAPPING_KEY));
        String first = storedKeys();

        assertThat(currentId(instance(OTHER_KEY, WRAPPING_KEY))).isEqualTo(id);

        assertThat(storedKeys()).contains("gcm:").isNotEqualTo(first);
        assertThat(currentId(instance(OTHER_KEY))).isEqualTo(id);
        assertThatThrownBy(() -> currentId(instance(WRAPPING_KEY))).hasMessageContaining("former-wrapping-keys");
    }

    @Test
    void goesOnWithTheKeysItKnowsWhenTheStoreIsGone() {
        SigningKeys keys = instance(null);
        String id = currentId(keys);
        client.close();
        clock.advance(Duration.ofHours(1));
        assertThat(currentId(keys)).isEqualTo(id);
    }

    @Test
    void printsNoSecret() {
        assertThat(settings(WRAPPING_KEY).toString()).contains("***").doesNotContain(WRAPPING_KEY);
        SigningKey key = SigningKey.generate(PERIOD, ROTATION);
        assertThat(key.toString()).doesNotContain(key.key().getD().toString());
    }

    private SigningKeys instance(String wrappingKey, String... formerKeys) {
        SigningSettings settings = settings(wrappingKey, formerKeys);
        SecuritySettings security = new SecuritySettings(
                URI.create("http://unused"),
                "parley",
                "parley",
                Duration.ofSeconds(5),
                Duration.ofHours(2),
                1_000,
                List.of(),
                Duration.ofSeconds(10),
                new SecuritySettings.VerifiedTokens(1_000, Duration.ofMinutes(1)));
        SigningKeyStore store = new SigningKeyStore(mongo, settings);
        return new SigningKeys(
                store, settings, new TokenSettings(Duration.ofMinutes(15)), security, clock, new SimpleMeterRegistry());
    }

    private static SigningSettings settings(String wrappingKey, String... formerKeys) {
        return new SigningSettings(
                ROTATION,
                Duration.ofDays(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                wrappingKey,
                List.of(formerKeys));
    }

    private static String currentId(SigningKeys keys) {
        return keys.current().block().key().getKeyID();
    }

    private static List<String> publishedIds(SigningKeys keys) {
        return keys.published().block().getKeys().stream().map(JWK::getKeyID).toList();
    }

    private String storedKeys() {
        return mongo.findAll(Document.class, "signingKeys")
                .collectList()
                .block()
                .toString();
    }
}
