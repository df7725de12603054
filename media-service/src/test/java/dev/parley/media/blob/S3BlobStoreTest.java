package dev.parley.media.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.services.s3.S3AsyncClient;

class S3BlobStoreTest extends BlobStoreTest {

    private static S3AsyncClient client;
    private static S3BlobStore store;

    @BeforeAll
    static void makeBucket() {
        client = S3Clients.of(settings(S3Server.address()));
        store = new S3BlobStore(client, S3Server.newBucket(client), 5 << 20);
    }

    @AfterAll
    static void closeClient() {
        client.close();
    }

    static S3Settings settings(URI endpoint) {
        return new S3Settings(
                "unused",
                "us-east-1",
                endpoint.toString(),
                endpoint.toString(),
                true,
                S3Server.ACCESS_KEY,
                S3Server.SECRET_KEY,
                DataSize.ofMegabytes(5),
                10,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
    }

    @Override
    protected BlobStore store() {
        return store;
    }

    @Override
    protected long unfinished() {
        return client.listMultipartUploads(request -> request.bucket(store.bucket()))
                .join()
                .uploads()
                .size();
    }

    @Test
    void saysThatAPartOfThePlatformIsAwayWhenTheStoreDoesNotAnswer() {
        try (S3AsyncClient lost = S3Clients.of(settings(URI.create("http://127.0.0.1:1")))) {
            assertThatThrownBy(() -> new S3BlobStore(lost, "bucket", 5 << 20)
                            .open("k", null)
                            .block(TIMEOUT))
                    .isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.code())
                            .isEqualTo(PlatformError.UNAVAILABLE));
        }
    }

    @Test
    void takesNoWrongBucketForAMissingContent() {
        S3BlobStore elsewhere = new S3BlobStore(client, "no-such-bucket", 5 << 20);

        assertThatThrownBy(() -> elsewhere.open("k", null).block(TIMEOUT)).isInstanceOf(ApiException.class);
    }
}
