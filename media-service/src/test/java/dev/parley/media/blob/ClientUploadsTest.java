package dev.parley.media.blob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.blob.ClientUploads.SignedPut;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Clients put contents into an object store by themselves. */
class ClientUploadsTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final byte[] CONTENT = "12345".getBytes(StandardCharsets.US_ASCII);

    private static S3AsyncClient client;
    private static S3BlobStore store;
    private static ClientUploads uploads;

    @BeforeAll
    static void makeBucket() {
        S3Settings settings = S3BlobStoreTest.settings(S3Server.address());
        client = S3Clients.of(settings);
        String bucket = S3Server.newBucket(client);
        store = new S3BlobStore(client, bucket, 5 << 20);
        uploads = new ClientUploads(S3Clients.presigner(settings), bucket);
    }

    @AfterAll
    static void close() {
        uploads.close();
        client.close();
    }

    @Test
    void aClientPutsWhatItAnnounced() throws Exception {
        SignedPut put = signed("a");

        assertThat(put.headers()).containsEntry("content-type", "text/plain");
        assertThat(send(put, put.headers(), CONTENT)).isEqualTo(200);
        assertThat(stored("a")).isEqualTo(CONTENT);
    }

    @Test
    void theStoreRefusesAnotherSizeAndAnotherType() throws Exception {
        SignedPut put = signed("b");
        Map<String, String> otherType = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        otherType.putAll(put.headers());
        otherType.put("content-type", "text/html");

        assertThat(send(put, put.headers(), "123456".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(403);
        assertThat(send(put, otherType, CONTENT)).isEqualTo(403);
        assertThat(stored("b")).isNull();
    }

    @Test
    void thereIsNoSuchAddressWhereClientsCannotReachTheStore() {
        ClientUploads none = new ClientUploads(null, "");

        assertThat(none.isPossible()).isFalse();
        assertThat(none.sign("c", "text/plain", 5, Duration.ofMinutes(1)).blockOptional())
                .isEmpty();
    }

    private static SignedPut signed(String key) {
        return uploads.sign(key, "text/plain", CONTENT.length, Duration.ofMinutes(5))
                .block();
    }

    private static int send(SignedPut put, Map<String, String> headers, byte[] content) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(put.url())).PUT(BodyPublishers.ofByteArray(content));
        headers.forEach(request::header);
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static byte[] stored(String key) {
        return store.open(key, null).flatMap(BlobStore.Blob::bytes).block(Duration.ofSeconds(20));
    }
}
