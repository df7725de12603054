package dev.parley.platform.surface;

import dev.parley.platform.boot.PlatformService;
import dev.parley.platform.direct.DirectRoutes;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.error.Subject;
import dev.parley.platform.error.Violation;
import dev.parley.platform.json.Fields;
import dev.parley.platform.security.Caller;
import dev.parley.platform.slice.Slice;
import dev.parley.platform.slice.SliceRequest;
import dev.parley.platform.test.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A service with the same few paths on several surfaces, each of which fails in its own way: {@code /closed} belongs to
 * {@link ClosedSurface}, {@code /api/v1} to whatever surface the test brings, {@code /internal} to none.
 */
public final class ThingsService implements AutoCloseable {

    /** What came back. */
    public record Answer(int status, Map<String, List<String>> headers, JsonNode body) {

        public String header(String name) {
            return String.join(", ", headers.getOrDefault(name, List.of()));
        }
    }

    public static final int MAX_BODY = 1_000;

    private static final String NO_STORE_AND_NO_BROKER = String.join(
            ",",
            "dev.parley.platform.event.EventAutoConfiguration",
            "dev.parley.platform.outbox.OutboxAutoConfiguration",
            "dev.parley.platform.store.StoreAutoConfiguration",
            "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration",
            "org.springframework.boot.data.mongodb.autoconfigure.DataMongoReactiveAutoConfiguration",
            "org.springframework.boot.data.mongodb.autoconfigure.DataMongoReactiveRepositoriesAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
            "org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration",
            "org.springframework.boot.mongodb.autoconfigure.MongoReactiveAutoConfiguration",
            "org.springframework.boot.mongodb.autoconfigure.health.MongoReactiveHealthContributorAutoConfiguration");

    private static final List<String> THINGS =
            IntStream.range(0, 25).mapToObj(i -> "thing " + i).toList();

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ConfigurableApplicationContext context;
    private final String token = TestTokens.tokenFor("ann", "acme");

    public ThingsService() {
        context = program().run(arguments());
    }

    /** The service, not started yet. */
    public static SpringApplication program() {
        SpringApplication service = PlatformService.of(Application.class, "things-service");
        service.addInitializers(starting -> {
            ReactorResourceFactory resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            resources.setShutdownQuietPeriod(Duration.ZERO);
            starting.getBeanFactory().registerSingleton("reactorResourceFactory", resources);
        });
        return service;
    }

    /** What it is started with. @param more settings that are added, or take the place of its own */
    public static String[] arguments(String... more) {
        List<String> named =
                Stream.of(more).map(setting -> setting.replaceFirst("=.*", "=")).toList();
        return Stream.concat(
                        Stream.of(
                                        "--server.port=0",
                                        "--parley.test.internal-api=false",
                                        "--parley.events.enabled=false",
                                        "--parley.service-secret=secret",
                                        "--parley.security.jwks-uri=" + TestTokens.jwksUri(),
                                        "--spring.http.codecs.max-in-memory-size=" + MAX_BODY + "B",
                                        "--spring.autoconfigure.exclude=" + NO_STORE_AND_NO_BROKER)
                                .filter(own -> named.stream().noneMatch(own::startsWith)),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    @Override
    public void close() {
        context.close();
    }

    /** A request with a good token. */
    public HttpRequest.Builder request(String path) {
        return anonymous(path).header("Authorization", "Bearer " + token);
    }

    public HttpRequest.Builder anonymous(String path) {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    public Answer get(String path) {
        return send(request(path));
    }

    public Answer post(String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    HTTP.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
            JsonNode body = JsonMapper.shared().readTree(response.body().isEmpty() ? "null" : response.body());
            return new Answer(response.statusCode(), response.headers().map(), body);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Things.class, ClosedThings.class})
    static class Application {

        @Bean
        Surface closedSurface() {
            return new ClosedSurface();
        }

        @Bean
        NettyRouteProvider failingRoutes(DirectRoutes direct) {
            DirectRoutes.Action failing = (caller, call) -> Mono.error(failure(call.variable("kind")));
            return routes -> {
                for (String surface : List.of("/closed", "/api/v1", "/internal")) {
                    String path = surface + "/direct/{kind}";
                    routes.post(path, direct.answering(path, HttpStatus.OK, failing));
                }
                return routes;
            };
        }
    }

    static Throwable failure(String kind) {
        return switch (kind) {
            case "limited" ->
                ApiException.retryLater(PlatformError.RATE_LIMITED, "Wait a little", Duration.ofSeconds(7));
            case "violated" ->
                ApiException.violated(
                        List.of(new Violation(Subject.of("user", "eve"), "unknown-user", "is nobody's id")));
            default -> new IllegalStateException("a secret of this service");
        };
    }

    @RestController
    static class Things {

        @GetMapping({"/closed/{kind}", "/api/v1/{kind}", "/internal/{kind}"})
        Mono<Void> fail(@PathVariable String kind, Caller caller) {
            return Mono.error(failure(kind));
        }

        @PostMapping(
                path = {"/closed/things", "/api/v1/things", "/internal/things"},
                consumes = MediaType.APPLICATION_JSON_VALUE)
        Mono<String> add(@RequestBody JsonNode body, Caller caller) {
            Fields fields = Fields.of(body);
            fields.text("name", 1, 10);
            fields.number("size", 1, 10);
            fields.verify();
            return Mono.just("{}");
        }
    }

    /** Its lists are bare arrays, with the number of all in a header, paged by {@code skip} and {@code take}. */
    @RestController
    static class ClosedThings {

        @GetMapping("/closed/things")
        ResponseEntity<List<String>> list(@RequestParam long skip, @RequestParam int take) {
            Slice<String> found = new SliceRequest(skip, take).of(THINGS);
            return ResponseEntity.ok()
                    .header("x-total", Long.toString(found.total()))
                    .body(found.items());
        }
    }
}
