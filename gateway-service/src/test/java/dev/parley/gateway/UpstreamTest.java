package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;

class UpstreamTest extends GatewayTest {

    private static ConfigurableApplicationContext gateway;

    @BeforeAll
    static void startGateway() {
        gateway = start(
                "--parley.gateway.upstream.response-timeout=1s",
                "--parley.gateway.upstream.breaker-window=4",
                "--parley.gateway.upstream.breaker-minimum=4",
                "--parley.gateway.upstream.breaker-trials=1",
                "--parley.gateway.upstream.breaker-open=3s");
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @Test
    void saysWhichServiceIsDownAndComesBackWithIt() throws Exception {
        CONVERSATION.stop();
        try {
            for (int i = 0; i < 6; i++) {
                assertUnavailable(send(authorized(gateway, "/api/v1/conversations")), "conversation");
            }
            assertThat(isOpen("conversation")).isTrue();
            assertThat(send(authorized(gateway, "/api/v1/messages/m1")).statusCode())
                    .isEqualTo(200);
        } finally {
            CONVERSATION.restart();
        }
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(
                        send(authorized(gateway, "/api/v1/conversations")).statusCode())
                .isEqualTo(200));
        assertThat(isOpen("conversation")).isFalse();
    }

    @Test
    void stopsAskingAServiceThatDoesNotAnswerInTime() throws Exception {
        MESSAGE.answer = (request, response) -> Mono.never();
        for (int length : new int[] {1, 1_000, 60_000, 600_000}) {
            HttpRequest.Builder whole = authorized(gateway, "/api/v1/messages/m1")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[length]));
            assertUnavailable(send(whole), "message");
        }
        MESSAGE.received.clear();

        assertUnavailable(send(authorized(gateway, "/api/v1/messages/m1")), "message");

        assertThat(MESSAGE.received).isEmpty();
        MESSAGE.reset();
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(
                        send(authorized(gateway, "/api/v1/messages/m1")).statusCode())
                .isEqualTo(200));
    }

    @Test
    void tellsAServiceHowLongItWaitsAndBelievesNoClient() throws Exception {
        send(authorized(gateway, "/api/v1/messages/m1").header("Parley-Timeout-Ms", "99999"));
        send(authorized(gateway, "/api/v1/users/u1/last-seen"));

        assertThat(MESSAGE.received.remove().headers().getAll("Parley-Timeout-Ms"))
                .containsExactly("900");
        // Another node has as much time.
        assertThat(PRESENCE.received.remove().headers().getAll("Parley-Timeout-Ms"))
                .containsExactly("400");
    }

    @Test
    void doesNotBlameAServiceForRequestsThatItRefusesOrFailsAt() throws Exception {
        AUTH.answer = (request, response) ->
                response.status(request.uri().endsWith("1") ? 500 : 404).send();
        for (int i = 0; i < 10; i++) {
            send(authorized(gateway, "/api/v1/users/" + i % 2));
        }

        assertThat(isOpen("auth")).isFalse();
    }

    @Test
    void saysWhenToTryAgainAlsoWhereTheServiceDoesNot() throws Exception {
        PRESENCE.answer = (request, response) -> response.status(503).send();
        assertThat(send(authorized(gateway, "/api/v1/users/u1/last-seen"))
                        .headers()
                        .firstValue("Retry-After"))
                .contains("1");

        PRESENCE.answer = (request, response) ->
                response.status(503).header("Retry-After", "7").send();
        assertThat(send(authorized(gateway, "/api/v1/users/u1/last-seen"))
                        .headers()
                        .firstValue("Retry-After"))
                .contains("7");
    }

    private static boolean isOpen(String service) {
        return gateway.getBean(MeterRegistry.class)
                        .get("resilience4j.circuitbreaker.state")
                        .tags("name", service, "state", "open")
                        .gauge()
                        .value()
                == 1;
    }

    private static void assertUnavailable(HttpResponse<String> response, String service) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("3");
        assertThat(json(response).get("code").asString()).isEqualTo("service.unavailable");
        assertThat(json(response).get("detail").asString()).contains(service);
    }
}
