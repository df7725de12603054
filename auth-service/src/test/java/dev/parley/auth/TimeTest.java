package dev.parley.auth;

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
        String next = Client.json(client.refresh(refreshed.refreshToken()))
                .get("refreshToken")
                .asString();
        clock.advance(Duration.ofDays(2));
        client.refresh(next).expectStatus().isOk();
        Client.problem(client.refresh(forgotten.refreshToken()), 401, "auth.invalid-refresh-token");
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
