package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A service that the gateway has never heard of is served as soon as the registry has an entry for it. */
class RegistryTest extends GatewayTest {

    private static final StubService WEATHER = new StubService();
    private static final StubService SECOND = new StubService();

    private ConfigurableApplicationContext gateway;

    @BeforeEach
    void forgetWhatTheServiceReceived() {
        WEATHER.reset();
        SECOND.reset();
    }

    @AfterEach
    void stopGateway() {
        if (gateway != null) {
            gateway.close();
        }
    }

    @Test
    void getsItsRequestsAlsoWhereAnotherServiceHasAWiderRoute() throws Exception {
        gateway = startWithWeather();

        send(authorized(gateway, "/api/v1/weather/today"));
        send(authorized(gateway, "/api/v1/users/u1/weather"));
        send(authorized(gateway, "/api/v1/users/u1"));

        assertThat(WEATHER.received)
                .extracting(StubService.Received::uri)
                .containsExactly("/api/v1/weather/today", "/api/v1/users/u1/weather");
        assertThat(AUTH.received).extracting(StubService.Received::uri).containsExactly("/api/v1/users/u1");
    }

    @Test
    void getsOnlyTheMethodThatItsRouteNames() throws Exception {
        gateway = startWithWeather();

        assertThat(send(authorized(gateway, "/api/v1/users/u1/weather").DELETE())
                        .statusCode())
                .isEqualTo(200);

        assertThat(WEATHER.received).isEmpty();
        assertThat(AUTH.received).hasSize(1);
    }

    @Test
    void isAskedWithoutATokenWhereItsEntrySaysSo() throws Exception {
        gateway = startWithWeather("--parley.registry.weather.open-paths=/api/v1/weather/public/**");

        assertThat(send(request(gateway, "/api/v1/weather/public/map")).statusCode())
                .isEqualTo(200);
        assertThat(send(request(gateway, "/api/v1/weather/today")).statusCode()).isEqualTo(401);
        assertThat(send(request(gateway, "/api/v1/auth/login")).statusCode()).isEqualTo(200);
    }

    @Test
    void hasACircuitBreakerOfItsOwn() throws Exception {
        gateway = startWithWeather(
                "--parley.gateway.upstream.breaker-window=4", "--parley.gateway.upstream.breaker-minimum=4");
        WEATHER.stop();
        try {
            HttpResponse<String> refused = null;
            for (int i = 0; i < 4; i++) {
                refused = send(authorized(gateway, "/api/v1/weather/today"));
            }

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(json(refused).get("detail").asString()).contains("weather");
            assertThat(gauge("resilience4j.circuitbreaker.state", "name", "weather", "state", "open"))
                    .isEqualTo(1);
            assertThat(gauge("resilience4j.circuitbreaker.state", "name", "auth", "state", "open"))
                    .isZero();
        } finally {
            WEATHER.restart();
        }
    }

    @Test
    void isAwaitedIfThePlatformNeedsIt() throws Exception {
        WEATHER.ready = false;
        gateway = startWithWeather();

        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(json(send(request(gateway, "/api/v1/config")))
                        .path("detail")
                        .asString())
                .isEqualTo("Still starting: weather"));
        assertThat(gauge("parley.gateway.service.ready", "service", "weather")).isZero();

        WEATHER.ready = true;

        await().atMost(TIMEOUT)
                .until(() -> send(request(gateway, "/api/v1/config")).statusCode() == 200);
        assertThat(gauge("parley.gateway.service.ready", "service", "weather")).isEqualTo(1);
    }

    @Test
    void isNotAwaitedIfThePlatformCanDoWithoutIt() {
        WEATHER.ready = false;
        gateway = startWithWeather("--parley.registry.weather.required=false");

        await().atMost(TIMEOUT)
                .until(() -> send(request(gateway, "/api/v1/config")).statusCode() == 200);

        assertThat(gauge("parley.gateway.service.ready", "service", "weather")).isZero();
        assertThat(gauge("parley.gateway.service.ready", "service", "auth")).isEqualTo(1);
    }

    @Test
    void isAskedForItsHealthWhereItsEntrySays() {
        WEATHER.healthPath = "/healthy";
        gateway = startWithWeather("--parley.registry.weather.health=/healthy");

        await().atMost(TIMEOUT).until(() -> gauge("parley.gateway.service.ready", "service", "weather") == 1);
    }

    @Test
    void saysWhenItIsNoLongerReady() {
        gateway = startWithWeather("--parley.gateway.readiness.interval=100ms");
        await().atMost(TIMEOUT).until(() -> gauge("parley.gateway.service.ready", "service", "weather") == 1);

        WEATHER.ready = false;

        await().atMost(TIMEOUT).until(() -> gauge("parley.gateway.service.ready", "service", "weather") == 0);
    }

    @Test
    void isAskedAtEachOfItsNodesInTurn() throws Exception {
        gateway = startWithWeather(
                "--parley.registry.weather.several-nodes=true",
                "--parley.nodes.weather=" + WEATHER.address() + "," + SECOND.address());
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            answers.add(send(authorized(gateway, "/api/v1/weather/today")).statusCode());
        }

        assertThat(answers).containsOnly(200);
        assertThat(WEATHER.received).hasSize(2);
        assertThat(SECOND.received).hasSize(2);
    }

    @Test
    void isRefusedIfItClaimsTheRouteOfAnother() {
        assertThatThrownBy(() -> startWithWeather("--parley.registry.weather.routes=/api/v1/messages/**"))
                .rootCause()
                .hasMessage(
                        "parley.registry.weather.routes: /api/v1/messages/** is a route of the service message too");
    }

    private static ConfigurableApplicationContext startWithWeather(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "--parley.registry.weather.port=8099",
                "--parley.registry.weather.routes=/api/v1/weather/**,GET /api/v1/users/*/weather",
                "--parley.services.weather=" + WEATHER.address()));
        all.addAll(List.of(settings));
        return start(all.toArray(String[]::new));
    }

    private double gauge(String name, String... tags) {
        return gateway.getBean(MeterRegistry.class).get(name).tags(tags).gauge().value();
    }
}
