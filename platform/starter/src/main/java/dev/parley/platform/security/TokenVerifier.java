package dev.parley.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Verifies platform tokens: signature by the published keys, issuer, audience, times, the claims we rely on, and that their
 * session was not ended, as far as this service was told. Measured as {@code parley.security.verified-tokens} (how many are
 * remembered) and {@code parley.security.verified-tokens.lookups} (by result, {@code hit} or {@code miss}).
 */
public final class TokenVerifier implements ReactiveJwtDecoder {

    private static final String LOOKUPS = "parley.security.verified-tokens.lookups";
    private static final String RESULT = "result";

    /** Whoever waits for the keys is told so before a caller of this service gives up. */
    private static final Duration KEYS_TIMEOUT = Duration.ofSeconds(3);

    private final ReactiveJwtDecoder decoder;
    private final RevokedSessions ended;
    private final JwtTimestampValidator times;

    /** Tokens that were verified recently: checking a signature costs more than the rest of a small request. */
    private final Cache<String, Jwt> verified;

    private final Counter hits;
    private final Counter misses;

    public TokenVerifier(SecuritySettings settings, RevokedSessions ended, MeterRegistry meters) {
        this.ended = ended;
        this.verified = Caffeine.newBuilder()
                .maximumSize(settings.verifiedTokens().max())
                .expireAfterWrite(settings.verifiedTokens().maxAge())
                .build();
        this.hits = lookups(meters, "hit");
        this.misses = lookups(meters, "miss");
        Gauge.builder("parley.security.verified-tokens", verified, Cache::estimatedSize)
                .description("Verified tokens that are remembered")
                .register(meters);
        this.times = new JwtTimestampValidator(settings.clockSkew());
        PublishedKeys keys =
                new PublishedKeys(WebClient.create(), settings.jwksUri(), KEYS_TIMEOUT, settings.unknownKeyPause());
        NimbusReactiveJwtDecoder nimbus = NimbusReactiveJwtDecoder.withJwkSource(keys::of)
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .build();
        nimbus.setJwtValidator(validator(settings, times));
        this.decoder = nimbus;
    }

    private static Counter lookups(MeterRegistry meters, String result) {
        return Counter.builder(LOOKUPS)
                .description("Tokens that were looked up among those that are remembered")
                .tag(RESULT, result)
                .register(meters);
    }

    private static OAuth2TokenValidator<Jwt> validator(SecuritySettings settings, JwtTimestampValidator times) {
        return new DelegatingOAuth2TokenValidator<>(
                times,
                new JwtIssuerValidator(settings.issuer()),
                new JwtClaimValidator<List<String>>("aud", aud -> aud != null && aud.contains(settings.audience())),
                new JwtClaimValidator<Instant>("exp", Objects::nonNull),
                required("sub"),
                required(TokenClaims.TENANT),
                required(TokenClaims.SESSION),
                required(TokenClaims.USERNAME),
                required(TokenClaims.NAME));
    }

    private static JwtClaimValidator<String> required(String claim) {
        return new JwtClaimValidator<>(claim, value -> value != null && !value.isBlank());
    }

    @Override
    public Mono<Jwt> decode(String token) {
        Jwt known = verified.getIfPresent(token);
        if (known != null && !times.validate(known).hasErrors()) {
            hits.increment();
            return Mono.just(known).doOnNext(this::requireSession);
        }
        misses.increment();
        return decoder.decode(token)
                .onErrorMap(
                        IllegalStateException.class, noKeys -> new JwtException("The keys could not be had", noKeys))
                .doOnNext(checked -> verified.put(token, checked))
                .doOnNext(this::requireSession);
    }

    private void requireSession(Jwt jwt) {
        if (ended.contains(Objects.requireNonNull(jwt.getClaimAsString(TokenClaims.SESSION)))) {
            throw new BadJwtException("The session has ended");
        }
    }

    /**
     * The bearer of a token.
     *
     * @return fails with {@link PlatformError#TOKEN_EXPIRED} or {@link PlatformError#TOKEN_INVALID}, and with
     *     {@link PlatformError#UNAVAILABLE} where the keys cannot be had
     */
    public Mono<Caller> verify(String token) {
        return decode(token).map(Caller::of).onErrorMap(JwtException.class, TokenVerifier::refusal);
    }

    /** A token that could not be checked, because the keys could not be had, is not a bad token. */
    static ApiException refusal(Throwable failure) {
        if (failure instanceof JwtException && !(failure instanceof BadJwtException)) {
            return ApiException.of(PlatformError.UNAVAILABLE, "The token cannot be checked just now: try again");
        }
        boolean expired = failure instanceof JwtValidationException invalid
                && invalid.getErrors().stream().anyMatch(error -> String.valueOf(error.getDescription())
                        .contains("expired"));
        return expired
                ? ApiException.of(PlatformError.TOKEN_EXPIRED, "The token has expired: refresh it")
                : ApiException.of(PlatformError.TOKEN_INVALID, "The token cannot be accepted");
    }
}
