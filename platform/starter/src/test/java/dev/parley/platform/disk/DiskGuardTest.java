package dev.parley.platform.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.surface.ErrorHandler;
import dev.parley.platform.surface.ErrorRenderer;
import dev.parley.platform.surface.Surfaces;
import dev.parley.platform.test.Until;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A disk that fills, through a probe of its free space. FullDiskTest fills a real one. */
@ExtendWith(OutputCaptureExtension.class)
class DiskGuardTest {

    private static final long MB = 1 << 20;
    private static final DiskSettings SETTINGS = new DiskSettings(
            Path.of("data"),
            DataSize.ofMegabytes(100),
            DataSize.ofMegabytes(150),
            Duration.ofMillis(10),
            List.of("/**/auth/login"));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private volatile long free = 1_000 * MB;
    private volatile boolean readable = true;
    private DiskGuard guard;

    @BeforeEach
    void start() {
        guard = new DiskGuard(this::free, SETTINGS, meters);
        guard.start();
    }

    @AfterEach
    void stop() {
        guard.stop();
    }

    private long free() throws IOException {
        if (!readable) {
            throw new IOException("gone");
        }
        return free;
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void refusesWhatWritesWhileTheDiskIsNearlyFull(String method) {
        assertThat(answer(method, "/api/v1/things").getStatusCode()).isEqualTo(HttpStatus.OK);

        fill(99);

        MockServerHttpResponse refused = answer(method, "/api/v1/things");
        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.INSUFFICIENT_STORAGE);
        assertThat(refused.getHeaders().getFirst("Retry-After")).isEqualTo("30");
        assertThat(refused.getHeaders().getFirst("Connection")).isEqualTo("close");
        JsonNode problem =
                JsonMapper.shared().readTree(refused.getBodyAsString().block());
        assertThat(problem.path("code").asString()).isEqualTo("storage.full");
        assertThat(problem.path("detail").asString()).contains("nearly full");
        assertThat(meters.get("parley.disk.refused").counter().count()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/things",
        "HEAD, /api/v1/things",
        "OPTIONS, /api/v1/things",
        "POST, /internal/platform/users/lookup"
    })
    void letsReadsAndTheServicesThemselvesPass(String method, String path) {
        fill(0);

        assertThat(answer(method, path).getStatusCode()).isEqualTo(HttpStatus.OK);
    }

    @Test
    void takesWritesAgainOnlyWhenThereIsRoomForSome(CapturedOutput output) {
        fill(99);
        Until.satisfied(() -> assertThat(output).contains("nearly full: 99 MB are free", "until 150 MB are free"));
        fill(149);
        assertThat(guard.isFull()).isTrue();

        free = 150 * MB;

        Until.satisfied(() -> assertThat(guard.isFull()).isFalse());
        assertThat(answer("POST", "/api/v1/things").getStatusCode()).isEqualTo(HttpStatus.OK);
        Until.satisfied(() -> assertThat(output).contains("There is room again", "150 MB are free"));
        assertThat(output.getOut().split("nearly full")).as("said once").hasSize(2);
    }

    @Test
    void letsSignInUseHalfOfWhatIsKeptFree() {
        for (String path : List.of("/api/v1/auth/login", "/chat-api/api/v1/auth/login")) {
            fill(50);
            assertThat(answer("POST", path).getStatusCode()).isEqualTo(HttpStatus.OK);
            fill(49);
            assertThat(answer("POST", path).getStatusCode()).isEqualTo(HttpStatus.INSUFFICIENT_STORAGE);
        }
        fill(50);
        assertThat(answer("POST", "/api/v1/auth/register").getStatusCode()).isEqualTo(HttpStatus.INSUFFICIENT_STORAGE);
    }

    @Test
    void refusesWritesPastWebFluxToo() {
        guard.check();
        fill(99);

        assertThatThrownBy(guard::check).isInstanceOfSatisfying(ApiException.class, refused -> {
            assertThat(refused.code()).isEqualTo(PlatformError.STORAGE_FULL);
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(30));
        });
    }

    @Test
    void saysSoInHealthAndMetrics() {
        DiskHealth health = new DiskHealth(guard);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(meters.get("parley.disk.full").gauge().value()).isZero();

        fill(10);

        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.health().getDetails()).containsEntry("free", 10 * MB);
        assertThat(meters.get("parley.disk.full").gauge().value()).isEqualTo(1);
        assertThat(meters.get("parley.disk.free").gauge().value()).isEqualTo(10 * MB);
    }

    @Test
    void takesWritesIfTheFreeSpaceIsNotKnown(CapturedOutput output) {
        fill(10);

        readable = false;

        Until.satisfied(() -> assertThat(guard.isFull()).isFalse());
        assertThat(meters.get("parley.disk.free").gauge().value()).isNaN();
        assertThat(output.getOut().split("is not known")).as("said once").hasSize(2);
        readable = true;
        Until.satisfied(() -> assertThat(guard.isFull()).isTrue());
    }

    @Test
    void isNotThereWhereNoFolderIsNamed() {
        ReactiveWebApplicationContextRunner service = new ReactiveWebApplicationContextRunner()
                .withBean(SimpleMeterRegistry.class)
                .withConfiguration(AutoConfigurations.of(DiskAutoConfiguration.class));

        service.run(context ->
                assertThat(context).doesNotHaveBean(WriteAdmission.class).doesNotHaveBean(DiskFilter.class));
        service.withPropertyValues("parley.disk.folder=.").run(context -> {
            assertThat(context).hasSingleBean(WriteAdmission.class).hasSingleBean(DiskFilter.class);
            assertThat(context.getBean(DiskGuard.class).free()).isBetween(1L, Long.MAX_VALUE - 1);
        });
    }

    private void fill(long megabytesLeft) {
        free = megabytesLeft * MB;
        Until.satisfied(() -> {
            assertThat(guard.free()).isEqualTo(megabytesLeft * MB);
            assertThat(guard.isFull()).isTrue();
        });
    }

    private MockServerHttpResponse answer(String method, String path) {
        MockServerHttpResponse response = new MockServerHttpResponse();
        WebHttpHandlerBuilder.webHandler(exchange -> {
                    exchange.getResponse().setStatusCode(HttpStatus.OK);
                    return exchange.getResponse().setComplete();
                })
                .filter(new DiskFilter(guard))
                .exceptionHandler(new ErrorHandler(new ErrorRenderer(new Surfaces(List.of()), JsonMapper.shared())))
                .build()
                .handle(
                        MockServerHttpRequest.method(HttpMethod.valueOf(method), path)
                                .contentLength(2)
                                .body("{}"),
                        response)
                .block();
        return response;
    }
}
