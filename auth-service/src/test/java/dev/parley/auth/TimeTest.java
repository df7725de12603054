package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.Client.Account;
import dev.parley.auth.token.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

@Import(TimeTest.Time.class)
class TimeTest extends OverTheWire {

    private static final String ME = "/api/v1/users/me";

    @Autowired
    private SettableClock clock;

    @BeforeEach
    void startFromNow() {
        clock.set(Instant.now());
    }

    @Test
    void saysThatATokenHasExpired() {
        clock.advance(Duration.ofMinutes(-20));
        Account account = client.register("acme");
        Client.problem(client.get(ME, account.accessToken()), 401, "auth.expired-token");
    }

    @Test
    void acceptsATokenUntilItExpires() {
        clock.advance(Duration.ofMinutes(-14));
        client.get(ME, client.register("acme").accessToken()).expectStatus().isOk();
    }

    @Test
    void endsASessionThatIsNotRefreshedForItsLifetime() {
        Account refreshed = client.register("acme");
        Account forgotten = client.register("acme");
        clock.advance(Duration.ofDays(29));
        String next = client.refreshed(refreshed.refreshToken());
        clock.advance(Duration.ofDays(2));
        client.refresh(next).expectStatus().isOk();
        Client.problem(client.refresh(forgotten.refreshToken()), 401, "auth.invalid-refresh-token");
    }

    @Test
    void endsASessionForGoodHoweverOftenItIsRefreshed() {
        Account account = client.register("acme");
        String token = account.refreshToken();
        for (int day = 20; day <= 80; day += 20) {
            clock.advance(Duration.ofDays(20));
            token = client.refreshed(token);
        }
        clock.advance(Duration.ofDays(10).minusSeconds(1));
        token = client.refreshed(token);
        clock.advance(Duration.ofSeconds(2));
        Client.problem(client.refresh(token), 401, "auth.invalid-refresh-token");
    }

    @Test
    void acceptsARetryForAMinute() {
        Account account = client.register("acme");
        String next = client.refreshed(account.refreshToken());
        clock.advance(Duration.ofSeconds(59));
        assertThat(client.refreshed(account.refreshToken())).isEqualTo(next);
        clock.advance(Duration.ofSeconds(1));
        Client.problem(client.refresh(account.refreshToken()), 401, "auth.refresh-token-reused");
        Client.problem(client.refresh(next), 401, "auth.invalid-refresh-token");
    }

    @Test
    void endsTheSessionForATokenOfMonthsAgo() {
        Account account = client.register("acme");
        String token = account.refreshToken();
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofDays(25));
            token = client.refreshed(token);
        }
        Client.problem(client.refresh(account.refreshToken()), 401, "auth.refresh-token-reused");
        Client.problem(client.refresh(token), 401, "auth.invalid-refresh-token");
    }

    @TestConfiguration
    static class Time {

        @Bean
        @Primary
        SettableClock settableClock() {
            return new SettableClock(Instant.now());
        }
    }
}
