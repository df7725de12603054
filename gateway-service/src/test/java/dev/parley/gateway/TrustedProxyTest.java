package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class TrustedProxyTest extends GatewayTest {

    @Test
    void believesATrustedProxyButNotWhatTheClientToldTheProxy() throws Exception {
        try (ConfigurableApplicationContext gateway = start("--parley.gateway.trusted-proxies=127.0.0.0/8,10.0.0.7")) {
            send(authorized(gateway, "/api/v1/users/me")
                    .header("X-Forwarded-For", "6.6.6.6, 203.0.113.9, 10.0.0.7")
                    .header("X-Forwarded-Proto", "https")
                    .header("X-Forwarded-Host", "chat.example.com"));

            StubService.Received received = AUTH.received.poll();
            assertThat(received.headers().getAll("X-Forwarded-For")).containsExactly("203.0.113.9");
            assertThat(received.headers().getAll("X-Forwarded-Proto")).containsExactly("https");
            assertThat(received.headers().getAll("X-Forwarded-Host")).containsExactly("chat.example.com");
        }
    }

    /** Its connections carry many clients, so each of those is counted by what the proxy says. */
    @Test
    void countsTheClientsOfATrustedProxyAndNotTheProxy() throws Exception {
        try (ConfigurableApplicationContext gateway = start(
                "--parley.gateway.trusted-proxies=127.0.0.0/8",
                "--parley.gateway.connections.max-per-address=1",
                "--parley.gateway.rate-limit.failures-per-second=1",
                "--parley.gateway.rate-limit.failures-burst=3")) {
            List<RawClient> connections = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                connections.add(RawClient.connect(gateway, "127.0.0.1"));
            }
            List<Integer> eager = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                eager.add(statusWithoutToken(connections.get(i % 3), "203.0.113.9"));
            }

            assertThat(eager).startsWith(401, 401, 401).contains(429);
            assertThat(statusWithoutToken(connections.get(0), "203.0.113.10")).isEqualTo(401);
            for (RawClient connection : connections) {
                connection.close();
            }
        }
    }

    private static int statusWithoutToken(RawClient proxy, String client) throws Exception {
        return proxy.send(RawClient.head("GET", "/api/v1/users/me", "X-Forwarded-For: " + client))
                .answer()
                .status();
    }
}
