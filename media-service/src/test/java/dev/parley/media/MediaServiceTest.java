package dev.parley.media;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.EveryQueryHasAnIndex;
import dev.parley.platform.test.StubAnswers;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.TestUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What tests of the whole service have in common: one that runs for all of them, with users of its own for each test. */
@ExtendWith(EveryQueryHasAnIndex.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=media-service", "parley.media.tus.part-size=1MB", "parley.media.tus.lease=3s"
        })
public abstract class MediaServiceTest {

    public static final String TENANT = "acme";

    private static final Path FOLDER = folder();

    @LocalServerPort
    private int port;

    protected final String alice = "alice-" + Ids.next();
    protected final String bob = "bob-" + Ids.next();
    protected final String conversation = Ids.next();

    @DynamicPropertySource
    static void parts(DynamicPropertyRegistry properties) {
        EmbeddedParts.register(properties);
        properties.add("parley.services.conversation", StubConversations::url);
        properties.add("parley.services.auth", TestUsers::url);
        properties.add("parley.fetch.allow-http", () -> true);
        properties.add("parley.fetch.allow-private-addresses", () -> true);
        properties.add("parley.media.storage.folder", FOLDER::toString);
        properties.add("parley.media.strip-originals-by-tenant." + UploadTest.PRIVATE, () -> true);
        properties.add("parley.media.allowed-types-by-tenant." + UploadTest.VOICES, () -> "audio/opus");
        properties.add("parley.media.user-quota-by-tenant." + QuotaTest.TIGHT, () -> QuotaTest.ROOM + "B");
        properties.add("parley.media.tenant-quota-by-tenant." + QuotaTest.CROWDED, () -> QuotaTest.ROOM + "B");
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("parley-files");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** Where the service under test keeps the bytes. */
    protected static Path blobs() {
        return FOLDER;
    }

    protected ApiClient as(String userId) {
        return as(userId, TENANT);
    }

    protected ApiClient as(String userId, String tenantId) {
        return new ApiClient(port, TestTokens.tokenFor(userId, tenantId));
    }

    /** As another service. */
    protected ApiClient asService() {
        return as("service").with("Authorization", StubAnswers.CREDENTIALS);
    }

    protected Uploads uploads() {
        return new Uploads(address());
    }

    protected static String path(String fileId) {
        return "/api/v1/storage/files/" + fileId;
    }

    protected ApiClient.Answer get(String userId, String fileId) {
        return as(userId).get(path(fileId));
    }

    protected String address() {
        return "http://localhost:" + port;
    }
}
