package dev.parley.media;

import static dev.parley.media.Uploads.PNG;
import static dev.parley.media.Uploads.file;
import static dev.parley.media.Uploads.png;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.DocumentedMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import reactor.core.publisher.Flux;

/** How much one may have. In the tenant {@value TIGHT} it is two pictures. */
class QuotaTest extends MediaServiceTest {

    static final String TIGHT = "tight";
    static final String CROWDED = "crowded";
    static final long ROOM = 2L * PNG.length + 10;

    private static final String PRESIGN = "/api/v1/storage/presigned-url";

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Autowired
    private MeterRegistry meters;

    @Override
    protected ApiClient as(String userId) {
        return as(userId, TIGHT);
    }

    @Test
    void theServicesMetricsAreNamedOnThePage() throws IOException {
        DocumentedMetrics.assertNamed(meters);
    }

    @Test
    void thereIsRoomAgainWhenAFileIsDeleted() {
        String first = uploads().ready(as(alice));
        uploads().ready(as(alice));

        Answer refused = as(alice).post(PRESIGN, png());

        assertThat(refused.code()).isEqualTo("file.quota-exceeded");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(as(bob).post(PRESIGN, png()).status()).isEqualTo(200);
        assertThat(as(alice).call("DELETE", path(first), Map.of()).status()).isEqualTo(204);
        assertThat(as(alice).post(PRESIGN, png()).status()).isEqualTo(200);
    }

    @Test
    void howeverManyAreAnnouncedAtOnceThereIsNoMoreThanTheRoom() {
        List<Integer> answers = Flux.range(0, 12)
                .flatMap(number -> as(alice).posting(PRESIGN, png()), 12)
                .map(Answer::status)
                .collectList()
                .block();

        assertThat(answers).filteredOn(status -> status == 200).hasSize(2);
        assertThat(answers).filteredOn(status -> status == 429).hasSize(10);
    }

    @Test
    void theFilesOfATenantHaveABoundTogether() {
        String other = "other-" + Ids.next();

        assertThat(as(alice, CROWDED).post(PRESIGN, png()).status()).isEqualTo(200);
        assertThat(as(bob, CROWDED).post(PRESIGN, png()).status()).isEqualTo(200);
        assertThat(as(other, CROWDED).post(PRESIGN, png()).code()).isEqualTo("file.quota-exceeded");
        assertThat(as(other, CROWDED)
                        .post(PRESIGN, file("a.png", "image/png", 5))
                        .status())
                .as("what was refused takes no room of the user")
                .isEqualTo(200);
    }

    @Test
    void nobodyIsRefusedForWhatACrashLeftCounted() {
        assertThat(as(alice).post(PRESIGN, png()).status()).isEqualTo(200);
        Query usage = Query.query(Criteria.where("_id").is("uploaderId/" + alice));
        mongo.updateFirst(
                        usage,
                        new Update()
                                .set("bytes", ROOM)
                                .set("reservedAt", Instant.now().minusSeconds(60)),
                        "fileUsage")
                .block();

        assertThat(as(alice).post(PRESIGN, png()).status()).isEqualTo(200);
        assertThat(as(alice).post(PRESIGN, png()).status()).isEqualTo(429);
    }
}
