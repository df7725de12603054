package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.platform.test.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.ByteBufFlux;

/** Files pass through the gateway while they come, in both directions, however large they are and however long they take. */
class FileTransferTest extends GatewayTest {

    private static final String FILES = "/api/v1/storage/files";
    private static final String CONTENT = "/api/v1/storage/content/f1";
    private static final int MB = 1024 * 1024;
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static ConfigurableApplicationContext gateway;

    private final AtomicLong taken = new AtomicLong();

    @BeforeAll
    static void startGateway() {
        gateway = start(
                "--parley.gateway.limits.body=1KB",
                "--parley.gateway.limits.body-time=1s",
                "--parley.gateway.limits.upload=300MB",
                "--parley.gateway.limits.transfer-idle=" + IDLE.toMillis() + "ms",
                "--parley.gateway.upstream.response-timeout=1s",
                "--parley.gateway.upstream.upload-timeout=10s",
                "--parley.gateway.upstream.breaker-window=2",
                "--parley.gateway.upstream.breaker-minimum=1",
                "--parley.gateway.upstream.breaker-failure-percent=1",
                "--parley.gateway.cors.allowed-origins=https://app.example.com");
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @AfterEach
    void theServiceIsNotBlamed() throws Exception {
        MEDIA.reset();
        assertThat(send(authorized(gateway, FILES)).statusCode()).isEqualTo(200);
        assertThat(gateway
                        .getBean(MeterRegistry.class)
                        .get("resilience4j.circuitbreaker.calls")
                        .tag("kind", "failed")
                        .timers()
                        .stream()
                        .mapToLong(Timer::count)
                        .sum())
                .isZero();
    }

    @Test
    void passesAnUploadOnWhileItComes() throws Exception {
        takeAll();
        try (RawClient client = uploading(2 * MB)) {
            client.send("x".repeat(MB));
            await().atMost(TIMEOUT).until(() -> taken.get() == MB);

            client.send("x".repeat(MB));

            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void takesAPictureInJsonWhereThatIsWanted() throws Exception {
        takeAll();
        String large = '"' + "x".repeat(2 * MB) + '"';

        assertThat(sendJson("/api/v1/users/me/avatar/sync", large).statusCode()).isEqualTo(200);
        assertThat(taken).hasValue(large.length());
        assertThat(sendJson(FILES, large).statusCode()).isEqualTo(413);
        assertThat(sendJson("/api/v1/users/me/avatar", large).statusCode()).isEqualTo(413);
    }

    private static HttpResponse<String> sendJson(String path, String body) throws Exception {
        return send(authorized(gateway, path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void waitsForAnUploadAsLongAsSomethingComes() throws Exception {
        takeAll();
        long begun = System.nanoTime();
        int size = 4 * MB;
        try (RawClient client = uploading(size)) {
            int sent = 0;
            // Longer than JSON may take, and than nothing may come.
            while (System.nanoTime() - begun < IDLE.multipliedBy(3).toNanos()) {
                client.send("x".repeat(100));
                sent += 100;
                int all = sent;
                await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(5)).until(() -> taken.get() == all);
            }
            client.send("x".repeat(size - sent));
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void tellsAClientThatSendsNoMoreOfAFile() throws Exception {
        takeAll();
        try (RawClient client = uploading(2 * MB).send("x".repeat(MB))) {
            RawClient.Answer answer = client.answer();

            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.json().path("code").asString()).isEqualTo("request.body-too-slow");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void letsAServiceStoreAFileLongerThanItMayTakeForAnythingElse() throws Exception {
        MEDIA.streaming = (request, response) -> response.sendString(request.receive()
                .map(ByteBuf::readableBytes)
                .then(Mono.delay(Duration.ofMillis(1500)))
                .thenReturn("{}"));

        assertThat(send(authorized(gateway, FILES).POST(BodyPublishers.ofByteArray(new byte[2 * MB])))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void holdsAClientBackThatSendsFasterThanTheServiceTakes() throws Exception {
        int size = 192 * MB;
        MEDIA.streaming = (request, response) -> response.sendString(request.receive()
                .map(ByteBuf::readableBytes)
                .concatMap(
                        bytes -> taken.addAndGet(bytes) / MB == (taken.get() - bytes) / MB
                                ? Mono.just(bytes)
                                : Mono.delay(Duration.ofMillis(5)).thenReturn(bytes),
                        1)
                .then(Mono.just("{}")));
        AtomicLong ahead = new AtomicLong();
        try (RawClient client = uploading(size)) {
            String part = "x".repeat(MB);
            for (int sent = MB; sent <= size; sent += MB) {
                client.send(part);
                ahead.accumulateAndGet(sent - taken.get(), Math::max);
            }
            assertThat(client.answer().status()).isEqualTo(200);
        }
        assertThat(taken.get()).isEqualTo(size);
        // The buffers of the four ends of two connections, and little in between.
        assertThat(ahead.get()).isLessThan(48 * MB);
    }

    @Test
    void limitsTheSizeOfFilesByTheirOwnLimit() throws Exception {
        HttpResponse<String> json = send(authorized(gateway, FILES)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("x".repeat(2000))));
        assertThat(json.statusCode()).isEqualTo(413);

        try (RawClient client = uploading(301L * MB).send("x".repeat(20 * MB))) {
            RawClient.Answer refused = client.answer();
            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.json().path("code").asString()).isEqualTo("request.body-too-large");
        }
    }

    @Test
    void passesARefusalOnToAClientThatStillSends() throws Exception {
        MEDIA.streaming = (request, response) -> response.status(415)
                .header("Content-Type", "application/problem+json")
                .header("Content-Length", "34")
                .sendString(Mono.just("{\"code\":\"file.type-not-allowed\"}  "));

        HttpResponse<String> refused =
                send(authorized(gateway, FILES).POST(BodyPublishers.ofByteArray(new byte[4 * MB])));

        assertThat(refused.statusCode()).isEqualTo(415);
        assertThat(refused.body()).contains("file.type-not-allowed");
    }

    @Test
    void passesADownloadOnWhileItComes() throws Exception {
        Sinks.Many<ByteBuf> parts = Sinks.many().unicast().onBackpressureBuffer();
        MEDIA.streaming =
                (request, response) -> response.header("Content-Length", "2048").send(parts.asFlux(), part -> true);
        parts.tryEmitNext(Unpooled.wrappedBuffer(new byte[1024]));

        try (InputStream content = HTTP.send(request(gateway, CONTENT).build(), BodyHandlers.ofInputStream())
                .body()) {
            assertThat(content.readNBytes(1024)).hasSize(1024);
            parts.tryEmitNext(Unpooled.wrappedBuffer(new byte[1024]));
            parts.tryEmitComplete();
            assertThat(content.readAllBytes()).hasSize(1024);
        }
    }

    @Test
    void holdsAServiceBackWhoseClientReadsSlowlyAndBreaksOffWhenItReadsNoMore() throws Exception {
        AtomicLong asked = new AtomicLong();
        CompletableFuture<Void> brokenOff = new CompletableFuture<>();
        MEDIA.streaming = (request, response) -> {
            request.withConnection(connection -> connection.onDispose(() -> brokenOff.complete(null)));
            return response.header("Content-Length", Long.toString(1024L * MB))
                    .send(ByteBufFlux.fromInbound(Flux.range(0, 16 * 1024).map(number -> {
                        asked.addAndGet(64 * 1024);
                        return new byte[64 * 1024];
                    })));
        };
        try (RawClient client = RawClient.connect(gateway, "127.0.0.1")) {
            client.send(RawClient.head("GET", CONTENT));
            assertThat(client.answer(0).status()).isEqualTo(200);

            brokenOff.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);

            assertThat(asked.get()).isLessThan(64L * MB);
        }
    }

    @Test
    void letsPagesOfOtherSitesSendAndLoadFiles() throws Exception {
        HttpResponse<String> asked = send(request(gateway, "/api/v1/storage/tus/u1")
                .header("Origin", "https://app.example.com")
                .header("Access-Control-Request-Method", "PATCH")
                .header("Access-Control-Request-Headers", "tus-resumable, upload-offset, content-type")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(asked.statusCode()).isEqualTo(200);

        HttpResponse<String> loaded = send(request(gateway, CONTENT)
                .header("Origin", "https://app.example.com")
                .header("Range", "bytes=0-1"));
        assertThat(loaded.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
                .contains("Content-Range", "Upload-Offset");
        assertThat(MEDIA.received.poll().headers().get("Range")).isEqualTo("bytes=0-1");
    }

    /** Counts what comes, as it comes. */
    private void takeAll() {
        MEDIA.streaming = (request, response) -> response.sendString(request.receive()
                .map(ByteBuf::readableBytes)
                .doOnNext(taken::addAndGet)
                .then(Mono.just("{}")));
    }

    private static RawClient uploading(long size) throws IOException {
        return RawClient.connect(gateway, "127.0.0.1")
                .send(RawClient.head(
                        "POST",
                        FILES,
                        "Authorization: Bearer " + TestTokens.tokenFor("ann", "acme"),
                        "Content-Type: application/octet-stream",
                        "Content-Length: " + size));
    }
}
