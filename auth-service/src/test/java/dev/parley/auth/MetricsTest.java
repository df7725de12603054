package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.Client.Account;
import dev.parley.platform.test.DocumentedMetrics;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestPropertySource;

/** What operators see of the service after real requests, as Prometheus reads it. */
@TestPropertySource(
        properties = {"parley.auth.login-limits.per-account=2", "management.prometheus.metrics.export.enabled=true"})
class MetricsTest extends OverTheWire {

    private static final String LOGIN = "/api/v1/auth/login";

    @Test
    void areNamedOnThePageOfAllMetrics() throws IOException {
        client.register("acme");

        DocumentedMetrics.assertNamed(
                scrape(), "http_server_", "mongodb_", "jvm_memory_", "jvm_threads_", "process_", "logback_");
    }

    @Test
    void countSignInsAndRegistrationsByOutcome() {
        String before = scrape();
        Account account = client.register("acme");
        String email = account.text("email");
        client.post("/api/v1/auth/register", Client.registration(account.text("username"), "acme"))
                .expectStatus()
                .isEqualTo(409);
        client.login(account);
        login(email, "wrong password", 401);
        login(email, "wrong password", 401);
        login(email, Client.PASSWORD, 429);

        assertThat(grown(before, "parley_auth_registrations_total", "outcome=\"success\""))
                .isEqualTo(1);
        assertThat(grown(before, "parley_auth_registrations_total", "outcome=\"email-taken\""))
                .isEqualTo(1);
        assertThat(grown(before, "parley_auth_sign_ins_total", "outcome=\"success\""))
                .isEqualTo(1);
        assertThat(grown(before, "parley_auth_sign_ins_total", "outcome=\"invalid-credentials\""))
                .isEqualTo(2);
        assertThat(grown(before, "parley_auth_sign_ins_total", "outcome=\"too-many-attempts\""))
                .isEqualTo(1);
        assertThat(grown(before, "parley_auth_login_refused_total", "limit=\"account\""))
                .isEqualTo(1);
        assertThat(grown(before, "parley_auth_login_refused_total", "limit=\"address\""))
                .isZero();
        // One of the registration that went so far, and one of each sign-in that was not limited.
        assertThat(grown(before, "parley_auth_password_hash_seconds_count", "")).isEqualTo(4);
        assertThat(value(scrape(), "parley_auth_password_queued", "")).isZero();
    }

    @Test
    void countRefreshesAndTheSessionsThatEnd() {
        String before = scrape();
        Account reusing = client.register("umbrella");
        String next = client.refreshed(reusing.refreshToken());
        client.refresh(reusing.refreshToken()).expectStatus().isOk();
        client.refresh(next).expectStatus().isOk();
        client.refresh(reusing.refreshToken()).expectStatus().isUnauthorized();
        client.refresh("no token").expectStatus().isUnauthorized();
        Account leaving = client.register("umbrella");
        Account elsewhere = client.login(leaving);
        client.post("/api/v1/auth/logout", Map.of("refreshToken", elsewhere.refreshToken()))
                .expectStatus()
                .isNoContent();
        client.post("/api/v1/auth/logout", Map.of("refreshToken", elsewhere.refreshToken()))
                .expectStatus()
                .isNoContent();
        client.login(leaving);
        client.send(HttpMethod.POST, "/api/v1/auth/logout-all", leaving.accessToken(), null)
                .expectStatus()
                .isNoContent();

        assertThat(grown(before, "parley_auth_refreshes_total", "outcome=\"success\""))
                .isEqualTo(3);
        assertThat(grown(before, "parley_auth_refreshes_retried_total", "")).isEqualTo(1);
        assertThat(grown(before, "parley_auth_refreshes_total", "outcome=\"refresh-token-reused\""))
                .isEqualTo(1);
        assertThat(grown(before, "parley_auth_refreshes_total", "outcome=\"invalid-refresh-token\""))
                .isEqualTo(1);
        assertThat(grown(before, "parley_auth_sessions_ended_total", "reason=\"token-reused\""))
                .isEqualTo(1);
        assertThat(grown(before, "parley_auth_sessions_ended_total", "reason=\"signed-out\""))
                .as("a session ends once")
                .isEqualTo(1);
        assertThat(grown(before, "parley_auth_sessions_ended_total", "reason=\"signed-out-everywhere\""))
                .isEqualTo(2);
    }

    @Test
    void tellTheAgeOfTheKeyThatSigns() {
        client.register("acme");

        double seconds = value(scrape(), "parley_auth_signing_key_age_seconds", "");
        assertThat(seconds).isPositive().isLessThan(30 * 24 * 3600);
    }

    private void login(String email, String password, int status) {
        client.post(LOGIN, Map.of("email", email, "password", password, "tenantId", "acme"))
                .expectStatus()
                .isEqualTo(status);
    }

    private String scrape() {
        return new String(client.get("/actuator/prometheus", null)
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBodyContent());
    }

    private double grown(String before, String name, String tag) {
        return value(scrape(), name, tag) - value(before, name, tag);
    }

    /** The value of the metric with this name and, if it is not empty, this tag; 0 if there is none. */
    private static double value(String scraped, String name, String tag) {
        return Pattern.compile("(?m)^" + name + "(\\{[^}]*})? (\\S+)$")
                .matcher(scraped)
                .results()
                .filter(found -> tag.isEmpty() || String.valueOf(found.group(1)).contains(tag))
                .mapToDouble(found -> Double.parseDouble(found.group(2)))
                .sum();
    }
}
