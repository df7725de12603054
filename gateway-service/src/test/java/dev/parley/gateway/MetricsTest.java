package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.platform.test.DocumentedMetrics;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** What the gateway measures can be read from outside, under the names that its page lists. */
class MetricsTest extends GatewayTest {

    private static final String SOCKET = "/socket.io/?EIO=4&transport=websocket";

    private static ConfigurableApplicationContext gateway;

    @BeforeAll
    static void startGateway() {
        gateway = start(
                "--management.endpoints.web.exposure.include=health,prometheus",
                "--parley.gateway.readiness.interval=100ms",
                "--parley.gateway.limits.body=1KB",
                "--parley.gateway.upstream.breaker-window=4",
                "--parley.gateway.upstream.breaker-minimum=4",
                "--parley.gateway.rate-limit.address-per-second=1",
                "--parley.gateway.rate-limit.address-burst=5");
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @Test
    void areNamedOnThePageOfAllMetrics() throws Exception {
        send(authorized(gateway, "/api/v1/users/me"));

        DocumentedMetrics.assertNamed(scrape(), "spring_cloud_", "resilience4j_");
    }

    @Test
    void hasEveryMetricOfThePage() throws Exception {
        send(authorized(gateway, "/api/v1/users/me"));
        SocketClient socket = SocketClient.connect(gateway, SOCKET);
        String page = Files.readString(Path.of("README.md"));
        String table = page.substring(page.indexOf("## Metrics"), page.indexOf("## When something fails"));
        List<String> listed = Pattern.compile("`((?:parley|spring|resilience4j)\\.[a-z0-9.-]+)`")
                .matcher(table)
                .results()
                .map(name -> name.group(1).replaceAll("[.-]", "_"))
                .toList();

        assertThat(listed).hasSizeGreaterThan(9);
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(listed)
                .allSatisfy(name -> assertThat(scrape()).contains("\n" + name)));
        socket.close();
    }

    @Test
    void countsRequestsByTheRouteThatTheyTook() throws Exception {
        String route = "routeId=\"message /api/v1/messages/**\"";
        double before = sum("spring_cloud_gateway_requests_seconds_count", route, "status=\"OK\"");

        send(authorized(gateway, "/api/v1/messages/m1"));

        await().atMost(TIMEOUT)
                .until(() -> sum("spring_cloud_gateway_requests_seconds_count", route, "status=\"OK\"") == before + 1);
    }

    @Test
    void countsWhatPassesThroughSockets() throws Exception {
        double messages = sum("parley_gateway_socket_messages_total", "to=\"node\"");
        double bytes = sum("parley_gateway_socket_bytes_total", "to=\"client\"");
        SocketClient socket = SocketClient.connect(gateway, SOCKET);
        socket.send("hello");
        assertThat(socket.next()).isEqualTo("hello");

        await().atMost(TIMEOUT).untilAsserted(() -> {
            assertThat(sum("parley_gateway_socket_messages_total", "to=\"node\""))
                    .isEqualTo(messages + 1);
            assertThat(sum("parley_gateway_socket_bytes_total", "to=\"client\""))
                    .isEqualTo(bytes + 5);
        });
        socket.close();
    }

    @Test
    void measuresWhatWaitsForAClientThatDoesNotRead() throws Exception {
        String path = SOCKET + "&flood";
        try (UnreadSocket socket = UnreadSocket.open(at(gateway, "http", "/"), path)) {
            await().atMost(TIMEOUT).until(() -> sum("parley_gateway_socket_waiting_bytes", "to=\"client\"") > 0);
        }
        await().atMost(TIMEOUT).until(() -> sum("parley_gateway_socket_waiting_bytes", "to=\"client\"") == 0);
    }

    @Test
    void countsWhatItRefuses() throws Exception {
        double large = sum("parley_gateway_body_too_large_total");
        double eager = sum("parley_gateway_rate_limited_total");

        send(authorized(gateway, "/api/v1/users/me").POST(HttpRequest.BodyPublishers.ofByteArray(new byte[1025])));
        int status = 200;
        for (int i = 0; i < 20 && status == 200; i++) {
            status = send(request(gateway, "/api/v1/auth/login")).statusCode();
        }

        assertThat(status).isEqualTo(429);
        assertThat(sum("parley_gateway_body_too_large_total")).isEqualTo(large + 1);
        assertThat(sum("parley_gateway_rate_limited_total")).isEqualTo(eager + 1);
    }

    @Test
    void tellsWhichServicesAreReadyAndWhichBreakersAreOpen() throws Exception {
        await().atMost(TIMEOUT).until(() -> sum("parley_gateway_service_ready") == ALL.size());
        CONVERSATION.stop();
        // Like a process that ends: the server alone would still answer on connections that are open.
        CONVERSATION.cut();
        try {
            for (int i = 0; i < 4; i++) {
                send(authorized(gateway, "/api/v1/conversations"));
            }

            await().atMost(TIMEOUT).until(() -> sum("parley_gateway_service_ready", "service=\"conversation\"") == 0);
            assertThat(sum("resilience4j_circuitbreaker_state", "name=\"conversation\"", "state=\"open\""))
                    .isEqualTo(1);
        } finally {
            CONVERSATION.restart();
        }
        await().atMost(TIMEOUT).until(() -> sum("parley_gateway_service_ready", "service=\"conversation\"") == 1);
    }

    private static String scrape() throws IOException, InterruptedException {
        return send(request(gateway, "/actuator/prometheus")).body();
    }

    private static double sum(String name, String... tags) throws IOException, InterruptedException {
        return Pattern.compile("(?m)^" + name + "(\\{.*})? (\\S+)$")
                .matcher(scrape())
                .results()
                .filter(line -> List.of(tags).stream()
                        .allMatch(tag -> line.group(1) != null && line.group(1).contains(tag)))
                .mapToDouble(line -> Double.parseDouble(line.group(2)))
                .sum();
    }
}
