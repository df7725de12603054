package dev.parley.notification.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.EmbeddedParts;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

class VapidKeysTest {

    private static final String WRAPPING_KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String OTHER_KEY =
            Base64.getEncoder().encodeToString("another key of thirty-two bytes.".getBytes());

    private final MongoClient client = MongoClients.create(EmbeddedParts.storeUri());
    private final ReactiveMongoTemplate mongo = new ReactiveMongoTemplate(client, "vapid-" + Ids.next());

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void instancesThatStartAtOnceAgreeOnOneKeyAndKeepIt() {
        List<VapidKeys> instances =
                IntStream.range(0, 8).mapToObj(i -> instance("")).toList();

        Set<String> keys = Set.copyOf(Flux.fromIterable(instances)
                .flatMap(instance -> instance.publicKey().subscribeOn(Schedulers.parallel()))
                .collectList()
                .block());

        assertThat(keys).hasSize(1).allMatch(VapidKeyPair::isPublicKey);
        assertThat(keyOf(instance(""))).isIn(keys);
        assertThat(stored()).hasSize(1);
    }

    @Test
    void encryptsThePrivateKeyInTheStore() {
        String key = keyOf(instance(WRAPPING_KEY));

        assertThat(storedKey()).startsWith("gcm:");
        assertThat(keyOf(instance(WRAPPING_KEY))).isEqualTo(key);
        assertThatThrownBy(() -> keyOf(instance("")))
                .hasMessage("The stored private keys are encrypted: set parley.notification.web-push.wrapping-key");
        assertThatThrownBy(() -> keyOf(instance(OTHER_KEY))).hasMessageContaining("former-wrapping-keys");
    }

    @Test
    void encryptsWhatWasStoredInTheClearOrUnderAFormerKey() {
        String key = keyOf(instance(""));
        assertThat(storedKey()).startsWith("{");

        assertThat(keyOf(instance(WRAPPING_KEY))).isEqualTo(key);
        String wrapped = storedKey();
        assertThat(wrapped).startsWith("gcm:");

        assertThat(keyOf(instance(OTHER_KEY, WRAPPING_KEY))).isEqualTo(key);
        assertThat(storedKey()).startsWith("gcm:").isNotEqualTo(wrapped);
        assertThat(keyOf(instance(OTHER_KEY))).isEqualTo(key);
    }

    @Test
    void usesTheKeysOfTheConfigurationAndStoresNone() {
        VapidKeyPair pair = VapidKeyPair.generate();
        WebPushSettings settings = TestWebPush.settings(pair, Duration.ofSeconds(1));

        assertThat(keyOf(new VapidKeys(new VapidKeyStore(mongo, settings), settings)))
                .isEqualTo(pair.publicKey());
        assertThat(stored()).isEmpty();
        assertThat(settings.toString() + pair).doesNotContain(TestWebPush.privateKey(pair));
    }

    @Test
    void refusesAPrivateKeyThatDoesNotBelongToThePublicKey() {
        VapidKeyPair pair = VapidKeyPair.generate();
        String privateKey = TestWebPush.privateKey(pair);

        assertThat(VapidKeyPair.belongTogether(pair.publicKey(), privateKey)).isTrue();
        assertThat(VapidKeyPair.belongTogether(pair.publicKey(), TestWebPush.privateKey(VapidKeyPair.generate())))
                .isFalse();
        assertThat(VapidKeyPair.belongTogether(pair.publicKey(), privateKey.substring(2)))
                .isFalse();
        assertThat(VapidKeyPair.belongTogether(pair.publicKey(), "no key")).isFalse();
    }

    private VapidKeys instance(String wrappingKey, String... formerKeys) {
        WebPushSettings settings = TestWebPush.settings(wrappingKey, List.of(formerKeys));
        return new VapidKeys(new VapidKeyStore(mongo, settings), settings);
    }

    private static String keyOf(VapidKeys keys) {
        return keys.publicKey().block();
    }

    private String storedKey() {
        return stored().get(0).getString("privateKey");
    }

    private List<Document> stored() {
        return mongo.findAll(Document.class, "vapidKeys").collectList().block();
    }
}
