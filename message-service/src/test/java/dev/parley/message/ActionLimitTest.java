package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.reactive.function.client.WebClient;

/** How often a user may do what, whatever the way. */
class ActionLimitTest extends MessageApiTest {

    /** More than anything may be done at once, and than comes back while a test asks. */
    private static final int MOST = 1_500;

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry meters;

    @Test
    void countsWhatComesOverRestAndOverSocketsTogether() {
        double limited = limited("send");
        List<String> ways = List.of(
                "/api/v1/conversations/" + conversation + "/messages",
                "/internal/conversations/" + conversation + "/messages");

        int sent = untilRefused(i -> as(alice).post(ways.get(i % 2), Map.of("text", "m" + i)));

        assertThat(sent).isBetween(SENDS_AT_ONCE, SENDS_AT_ONCE + SENDS_AT_ONCE / 2);
        for (String way : ways) {
            assertThat(untilRefused(i -> as(alice).post(way, Map.of("text", "again" + i))))
                    .isLessThan(SENDS_AT_ONCE / 2);
            assertThat(as(bob).post(way, Map.of("text", "mine")).status()).isEqualTo(201);
        }
        assertThat(limited("send") - limited).isEqualTo(3);
    }

    @Test
    void saysWhenToTryAgain() {
        WebClient client = WebClient.builder()
                .baseUrl("http://localhost:" + port)
                .defaultHeaders(headers -> headers.setBearerAuth(TestTokens.tokenFor(alice, "acme")))
                .build();

        List<String> told = client.patch()
                .uri("/api/v1/messages/nothing")
                .bodyValue(Map.of("text", "again"))
                .exchangeToMono(response -> response.releaseBody()
                        .thenReturn(
                                response.statusCode().value() == 429
                                        ? response.headers().header("Retry-After")
                                        : List.<String>of()))
                .repeat(MOST)
                .filter(retryAfter -> !retryAfter.isEmpty())
                .blockFirst();

        assertThat(told).containsExactly("1");
    }

    @Test
    void givesEachActionABudgetOfItsOwn() {
        assertThat(untilRefused(i -> call(alice, "PATCH", "nothing", Map.of("text", "m"))))
                .isGreaterThanOrEqualTo(30);
        assertThat(untilRefused(i -> call(alice, "DELETE", "nothing"))).isGreaterThanOrEqualTo(60);
        assertThat(untilRefused(i -> call(alice, "DELETE", "nothing/me"))).isGreaterThanOrEqualTo(60);
        assertThat(untilRefused(i -> i % 2 == 0
                        ? call(alice, "POST", "nothing/reactions", Map.of("emoji", "👍"))
                        : call(alice, "DELETE", "nothing/reactions/👍")))
                .isGreaterThanOrEqualTo(60);
        assertThat(untilRefused(i -> call(alice, i % 2 == 0 ? "POST" : "DELETE", "nothing/pin")))
                .isGreaterThanOrEqualTo(PINS_AT_ONCE);
        assertThat(untilRefused(i -> call(alice, i % 2 == 0 ? "POST" : "DELETE", "nothing/star")))
                .isGreaterThanOrEqualTo(60);
        assertThat(call(bob, "DELETE", "nothing").code()).isEqualTo(NOT_FOUND);
        send(alice, "still may");
    }

    /** @return how often it was done before it was refused */
    private static int untilRefused(IntFunction<Answer> action) {
        for (int i = 0; i < MOST; i++) {
            Answer answer = action.apply(i);
            if (answer.status() == 429) {
                assertThat(answer.code()).isEqualTo("request.rate-limited");
                return i;
            }
        }
        throw new AssertionError("Nothing was refused");
    }

    private double limited(String action) {
        return meters.find("parley.messages.limited").tag("action", action).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
