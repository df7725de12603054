package dev.parley.gateway;

import dev.parley.platform.boot.PlatformService;
import dev.parley.platform.test.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway in front of stub services, for tests that speak to it over the wire. */
abstract class GatewayTest {

    static final StubService AUTH = new StubService();
    static final StubService CONVERSATION = new StubService();
    static final StubService MESSAGE = new StubService();
    static final StubService PRESENCE = new StubService();
    static final StubService MEDIA = new StubService();
    static final StubService NOTIFICATION = new StubService();
    static final List<StubService> ALL = List.of(AUTH, CONVERSATION, MESSAGE, PRESENCE, MEDIA, NOTIFICATION);

    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    static final Duration TIMEOUT = Duration.ofSeconds(20);
    static final JsonMapper JSON = JsonMapper.shared();

    @BeforeEach
    void forgetWhatWasReceived() {
        ALL.forEach(StubService::reset);
    }

    static ConfigurableApplicationContext start(String... settings) {
        return start(context -> {}, settings);
    }

    static ConfigurableApplicationContext start(
            ApplicationContextInitializer<ConfigurableApplicationContext> initializer, String... settings) {
        List<String> args = new ArrayList<>(List.of(
                "--server.port=0",
                "--parley.security.jwks-uri=" + TestTokens.jwksUri(),
                "--parley.services.auth=" + AUTH.address(),
                "--parley.services.conversation=" + CONVERSATION.address(),
                "--parley.services.message=" + MESSAGE.address(),
                "--parley.services.presence=" + PRESENCE.address(),
                "--parley.services.media=" + MEDIA.address(),
                "--parley.services.notification=" + NOTIFICATION.address()));
        args.addAll(List.of(settings));
        SpringApplication gateway = PlatformService.of(GatewayServiceApplication.class, "gateway-service");
        // Else a gateway that stops takes the event loops with it that it shares with the stubs.
        gateway.addInitializers(context -> {
            ReactorResourceFactory resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            resources.setShutdownQuietPeriod(Duration.ZERO);
            context.getBeanFactory().registerSingleton("reactorResourceFactory", resources);
        });
        gateway.addInitializers(initializer);
        return gateway.run(args.toArray(String[]::new));
    }

    static URI at(ConfigurableApplicationContext gateway, String scheme, String path) {
        int port = ((WebServerApplicationContext) gateway).getWebServer().getPort();
        return URI.create(scheme + "://127.0.0.1:" + port + path);
    }

    static HttpRequest.Builder request(ConfigurableApplicationContext gateway, String path) {
        return HttpRequest.newBuilder(at(gateway, "http", path));
    }

    static HttpRequest.Builder authorized(ConfigurableApplicationContext gateway, String path) {
        return request(gateway, path).header("Authorization", "Bearer " + TestTokens.tokenFor("ann", "acme"));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }
}
