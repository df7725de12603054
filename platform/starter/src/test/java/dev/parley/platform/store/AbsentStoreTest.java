package dev.parley.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.boot.PlatformService;
import dev.parley.platform.test.ChildProcess;
import dev.parley.platform.test.OutsideParts;
import dev.parley.platform.test.TestTokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A service whose store is killed, or hangs, while it is asked. */
class AbsentStoreTest {

    /** What a client is promised, and a margin for a machine that has much else to do. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(6).plusSeconds(3);

    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(40);
    private static final int CALLERS = 16;

    private static final String NO_BROKER = String.join(
            ",",
            "dev.parley.platform.event.EventAutoConfiguration",
            "dev.parley.platform.outbox.OutboxAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static ChildProcess store;
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        store = OutsideParts.store(folder);
        SpringApplication application = PlatformService.of(Service.class, "things-service");
        // Else the event loops that it shares with other tests end with it.
        application.addInitializers(starting -> {
            ReactorResourceFactory resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            resources.setShutdownQuietPeriod(Duration.ZERO);
            starting.getBeanFactory().registerSingleton("reactorResourceFactory", resources);
        });
        service = application.run(
                "--server.port=0",
                "--parley.test.internal-api=false",
                "--parley.events.enabled=false",
                "--parley.security.public-paths=/things/**",
                "--parley.security.jwks-uri=" + TestTokens.jwksUri(),
                "--spring.mongodb.uri=" + OutsideParts.address(store) + "parley",
                "--spring.autoconfigure.exclude=" + NO_BROKER);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        store.close();
    }

    @Test
    void isToldWhileTheStoreIsKilledUnderLoad() throws Exception {
        awaitGood();
        List<CompletableFuture<List<Integer>>> callers = callersUntilFailed();

        store.kill();

        assertThat(failures(callers)).containsOnly(503);
        assertUnavailable(get("/things/1"));
        assertUnavailable(put("/things/1"));
        assertHealth();
        store.start();
        awaitGood();
    }

    @Test
    void isToldInTimeWhileTheStoreHangs() throws Exception {
        awaitGood();

        store.stop();
        try {
            List<CompletableFuture<List<Integer>>> callers = callersUntilFailed();
            assertThat(failures(callers)).containsOnly(503);
            assertUnavailable(get("/things/1"));
            assertUnavailable(put("/things/1"));
            assertUnavailable(get("/things"));
            assertHealth();
        } finally {
            store.goOn();
        }

        awaitGood();
    }

    /** Each asks for and changes a thing until it is not answered well. */
    private static List<CompletableFuture<List<Integer>>> callersUntilFailed() {
        return IntStream.range(0, CALLERS)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> {
                            List<Integer> refused = new ArrayList<>();
                            while (refused.isEmpty()) {
                                HttpResponse<String> answer = i % 2 == 0 ? get("/things/" + i) : put("/things/" + i);
                                if (answer.statusCode() != 200) {
                                    assertUnavailable(answer);
                                    refused.add(answer.statusCode());
                                }
                            }
                            return refused;
                        },
                        task -> new Thread(task).start()))
                .toList();
    }

    private static List<Integer> failures(List<CompletableFuture<List<Integer>>> callers) {
        return callers.stream()
                .flatMap(caller -> caller.orTimeout(2 * LONGEST_ANSWER.toSeconds(), TimeUnit.SECONDS).join().stream())
                .toList();
    }

    /** It is ready: to take it out of service would not bring the store back, and all others would follow it. */
    private static void assertHealth() {
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health").statusCode()).isEqualTo(503);
    }

    private static void awaitGood() {
        Awaitility.await().atMost(LONGEST_RECOVERY).untilAsserted(() -> {
            assertThat(put("/things/1").statusCode()).isEqualTo(200);
            assertThat(get("/things/1").statusCode()).isEqualTo(200);
        });
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After"))
                .hasValueSatisfying(seconds -> assertThat(seconds).containsOnlyDigits());
        assertThat(answer.body()).contains("\"service.unavailable\"");
    }

    private static HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    private static HttpResponse<String> put(String path) {
        return send(request(path).PUT(BodyPublishers.noBody()));
    }

    private static HttpRequest.Builder request(String path) {
        int port = ((WebServerApplicationContext) service).getWebServer().getPort();
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    /** Fails if the answer is late. */
    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(LONGEST_ANSWER).build(), HttpResponse.BodyHandlers.ofString());
        } catch (Exception late) {
            throw new AssertionError(late);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Things.class)
    static class Service {}

    @RestController
    static class Things {

        private final ReactiveMongoTemplate mongo;

        Things(ReactiveMongoTemplate mongo) {
            this.mongo = mongo;
        }

        @GetMapping("/things/{id}")
        Mono<Map<String, Object>> one(@PathVariable String id) {
            return mongo.findById(id, Document.class, "things")
                    .defaultIfEmpty(new Document())
                    .map(found -> found);
        }

        @GetMapping("/things")
        Flux<Map<String, Object>> all() {
            return mongo.findAll(Document.class, "things").map(found -> found);
        }

        @PutMapping("/things/{id}")
        Mono<Map<String, Object>> put(@PathVariable String id) {
            return mongo.save(new Document("_id", id), "things").map(found -> found);
        }
    }
}
