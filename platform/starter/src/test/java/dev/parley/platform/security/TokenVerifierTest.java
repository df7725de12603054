package dev.parley.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.Until;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A token is verified once and then known for a while: what changes about it meanwhile counts all the same. */
class TokenVerifierTest {

    private final RevokedSessions ended = new RevokedSessions(Duration.ofHours(1), 100);
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final TokenVerifier verifier = new TokenVerifier(TestTokens.settings(), ended, meters);

    @Test
    void refusesATokenThatItAcceptedOnceItHasExpired() {
        String token = TestTokens.tokenFor("ada", "acme", Duration.ofSeconds(5));
        assertThat(userOf(token)).isEqualTo("ada");

        Until.satisfied(() -> assertThat(refusal(token)).isEqualTo(PlatformError.TOKEN_EXPIRED));
    }

    @Test
    void refusesATokenThatItAcceptedOnceItsSessionHasEnded() {
        String token = TestTokens.tokenFor("bob", "acme");
        assertThat(userOf(token)).isEqualTo("bob");

        ended.add("session-of-bob");

        assertThat(refusal(token)).isEqualTo(PlatformError.TOKEN_INVALID);
    }

    @Test
    void tellsTokensApart() {
        assertThat(userOf(TestTokens.tokenFor("ada", "acme"))).isEqualTo("ada");
        assertThat(userOf(TestTokens.tokenFor("bob", "acme"))).isEqualTo("bob");
        assertThat(refusal(TestTokens.forgedTokenFor("ada", "acme"))).isEqualTo(PlatformError.TOKEN_INVALID);
    }

    @Test
    void countsWhatItKnewAndWhatItHadToVerify() {
        String token = TestTokens.tokenFor("ada", "acme");
        userOf(token);
        userOf(token);
        userOf(token);
        userOf(TestTokens.tokenFor("bob", "acme"));

        assertThat(lookups("miss")).isEqualTo(2);
        assertThat(lookups("hit")).isEqualTo(2);
        assertThat(meters.get("parley.security.verified-tokens").gauge().value())
                .isEqualTo(2);
    }

    private double lookups(String result) {
        return meters.get("parley.security.verified-tokens.lookups")
                .tag("result", result)
                .counter()
                .count();
    }

    private String userOf(String token) {
        return verifier.verify(token).blockOptional().orElseThrow().userId();
    }

    private Object refusal(String token) {
        Throwable failure = catchThrowable(() -> verifier.verify(token).block());
        assertThat(failure).isInstanceOf(ApiException.class);
        return ((ApiException) failure).code();
    }
}
