package dev.parley.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.Until;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A token is verified once and then known for a while: what changes about it meanwhile counts all the same. */
class TokenVerifierTest {

    private static final Duration NO_SKEW = Duration.ZERO;
    private static final Duration LONG = Duration.ofHours(1);

    private final RevokedSessions ended = new RevokedSessions(LONG);
    private final TokenVerifier verifier = new TokenVerifier(
            new SecuritySettings(URI.create(TestTokens.jwksUri()), "parley", "parley", NO_SKEW, LONG, List.of()),
            ended);

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

    private String userOf(String token) {
        return verifier.verify(token).blockOptional().orElseThrow().userId();
    }

    private Object refusal(String token) {
        Throwable failure = catchThrowable(() -> verifier.verify(token).block());
        assertThat(failure).isInstanceOf(ApiException.class);
        return ((ApiException) failure).code();
    }
}
