package dev.parley.media.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.parley.media.blob.BlobStore;
import dev.parley.media.blob.BlobStore.Blob;
import dev.parley.media.blob.BlobStore.Range;
import dev.parley.media.blob.BlobStoreTest;
import dev.parley.media.blob.FolderStores;
import dev.parley.platform.encryption.EncryptionSettings;
import dev.parley.platform.encryption.EncryptionSettings.Mode;
import dev.parley.platform.test.EmbeddedParts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Mono;

/** An encrypted content behaves like any other to whoever has the keys. */
class EncryptedBlobStoreTest extends BlobStoreTest {

    private static final String TEXT = "Nobody who reads the disk reads this. ";

    private static MongoClient client;
    private static FileKeyStore keyStore;

    @TempDir
    private Path folder;

    private BlobStore below;
    private BlobStore store;

    @BeforeAll
    static void connect() {
        client = MongoClients.create(EmbeddedParts.storeUri());
        keyStore = new FileKeyStore(new ReactiveMongoTemplate(client, "file-encryption"));
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @BeforeEach
    void openStore() {
        below = FolderStores.in(folder);
        store = with(Mode.SERVER, "one");
    }

    private BlobStore with(Mode mode, String... masterKeys) {
        return new EncryptedBlobStore(below, keys(mode, masterKeys), mode == Mode.SERVER);
    }

    private static FileKeys keys(Mode mode, String... masterKeys) {
        return new FileKeys(keyStore, new TestKeyManagement(masterKeys), settings(mode));
    }

    private static EncryptionSettings settings(Mode mode) {
        return new EncryptionSettings(mode, null, Map.of(), 100, Duration.ofMinutes(1), Duration.ofHours(1), 100);
    }

    @Override
    protected BlobStore store() {
        return store;
    }

    @Override
    protected long unfinished() {
        return FolderStores.unfinished(folder);
    }

    @Test
    void storesNothingThatCanBeRead() throws Exception {
        byte[] content = TEXT.repeat(5_000).getBytes(StandardCharsets.UTF_8);
        store.write("k", buffers(content), content.length).block(TIMEOUT);

        byte[] stored = Files.readAllBytes(below.open("k", null).block(TIMEOUT).file());

        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("Nobody", "disk");
        assertThat(stored.length).isBetween(content.length, content.length + 200);
        assertThat(store.open("k", null).block(TIMEOUT).file()).isNull();
        store.write("again", buffers(content), content.length).block(TIMEOUT);
        assertThat(Files.readAllBytes(below.open("again", null).block(TIMEOUT).file()))
                .isNotEqualTo(stored);
    }

    @Test
    void readsWhatWasStoredInEitherMode() {
        byte[] content = bytes(100_000);
        BlobStore off = with(Mode.NONE, "one");
        off.write("plain", buffers(content), content.length).block(TIMEOUT);
        store.write("sealed", buffers(content), content.length).block(TIMEOUT);

        for (BlobStore any : new BlobStore[] {off, store}) {
            for (String key : new String[] {"plain", "sealed"}) {
                assertThat(read(any.open(key, null).block(TIMEOUT))).isEqualTo(content);
                assertThat(read(any.open(key, Range.of(70_000, 10)).block(TIMEOUT)))
                        .isEqualTo(Arrays.copyOfRange(content, 70_000, 70_010));
            }
        }
        Blob plain = store.open("plain", null).block(TIMEOUT);
        assertThat(plain.file()).as("sent by the system").isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 40, 70, 65_700, 131_200, 196_000})
    void givesNothingThatWasChanged(int position) throws Exception {
        byte[] content = bytes(196_000);
        store.write("k", buffers(content), content.length).block(TIMEOUT);
        Path file = below.open("k", null).block(TIMEOUT).file();
        byte[] stored = Files.readAllBytes(file);
        stored[position] ^= 1;
        Files.write(file, stored);

        assertThatThrownBy(() -> read(store.open("k", null).block(TIMEOUT))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void givesNothingThatWasCutOffMovedOrExchanged() throws Exception {
        byte[] content = bytes(3 * SealedSize.SEGMENT);
        store.write("k", buffers(content), content.length).block(TIMEOUT);
        Path file = below.open("k", null).block(TIMEOUT).file();
        byte[] stored = Files.readAllBytes(file);

        assertDamaged(Arrays.copyOf(stored, SealedHeader.BYTES + 2 * SealedSize.SEALED_SEGMENT));
        byte[] exchanged = stored.clone();
        System.arraycopy(
                stored,
                SealedHeader.BYTES,
                exchanged,
                SealedHeader.BYTES + SealedSize.SEALED_SEGMENT,
                SealedSize.SEALED_SEGMENT);
        assertDamaged(exchanged);
        // As it is, under another key.
        assertDamaged(stored);
    }

    private void assertDamaged(byte[] stored) {
        String key = "damaged-" + Arrays.hashCode(stored);
        below.write(key, buffers(stored), stored.length).block(TIMEOUT);
        assertThatThrownBy(() -> read(store.open(key, null).block(TIMEOUT))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void storesNothingIfNoKeyCanBeHad() {
        assertThatThrownBy(() -> with(Mode.SERVER)).isInstanceOf(IllegalStateException.class);
        BlobStore away = new EncryptedBlobStore(
                below,
                new FileKeys(
                        keyStore,
                        new TestKeyManagement("one") {
                            @Override
                            public Mono<byte[]> unwrap(Wrapped wrapped, String context) {
                                return Mono.error(new IllegalStateException("away"));
                            }
                        },
                        settings(Mode.SERVER)),
                true);

        assertThatThrownBy(() -> away.write("k", buffers(bytes(10)), 10).block(TIMEOUT))
                .hasMessage("away");

        assertThat(below.open("k", null).blockOptional(TIMEOUT)).isEmpty();
        assertThat(unfinished()).isZero();
    }

    @Test
    void readsOnWhenTheMasterKeyIsReplaced() {
        byte[] content = bytes(1000);
        store.write("k", buffers(content), content.length).block(TIMEOUT);
        TestKeyManagement both = new TestKeyManagement("two", "one");

        assertThat(new FileKeyRotation(keyStore, both, settings(Mode.SERVER))
                        .rotate()
                        .block(TIMEOUT))
                .isPositive();

        assertThat(read(with(Mode.SERVER, "two").open("k", null).block(TIMEOUT)))
                .isEqualTo(content);
        assertThatThrownBy(() -> with(Mode.SERVER, "one").open("k", null).block(TIMEOUT))
                .isInstanceOf(IllegalStateException.class);
        // For the other tests.
        new FileKeyRotation(keyStore, new TestKeyManagement("one", "two"), settings(Mode.SERVER))
                .rotate()
                .block(TIMEOUT);
    }
}
