package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

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
}
