package dev.parley.platform.test;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.platform.security.SecuritySettings;
import dev.parley.platform.security.TokenClaims;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Stands for auth-service where a test needs tokens and nothing else of it: signs them, and publishes the key. */
public final class TestTokens {

    private static final ECKey KEY = newKey();
    private static final DisposableServer JWKS = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes ->
                    routes.get("/jwks.json", (request, response) -> response.header("Content-Type", "application/json")
                            .sendString(Mono.just(new JWKSet(KEY.toPublicJWK()).toString()))))
            .bindNow();

    private TestTokens() {}

    /** For {@code parley.security.jwks-uri}. */
    public static String jwksUri() {
        return "http://127.0.0.1:" + JWKS.port() + "/jwks.json";
    }

    /** For a verifier that accepts these tokens and no clock skew. */
    public static SecuritySettings settings() {
        return new SecuritySettings(
                URI.create(jwksUri()),
                "parley",
                "parley",
                Duration.ZERO,
                Duration.ofHours(1),
                1_000,
                List.of(),
                Duration.ofSeconds(10),
                new SecuritySettings.VerifiedTokens(1_000, Duration.ofMinutes(1)));
    }

    /** A token that is valid for ten minutes, of a session of its own. */
    public static String tokenFor(String userId, String tenantId) {
        return token(userId, tenantId, Duration.ofMinutes(10), KEY);
    }

    /** A token that is valid for some time from now on. */
    public static String tokenFor(String userId, String tenantId, Duration validity) {
        return token(userId, tenantId, validity, KEY);
    }

    public static String expiredTokenFor(String userId, String tenantId) {
        return token(userId, tenantId, Duration.ofMinutes(-10), KEY);
    }

    /** Well formed, but signed with a key that nobody published. */
    public static String forgedTokenFor(String userId, String tenantId) {
        return token(userId, tenantId, Duration.ofMinutes(10), newKey());
    }

    public static String userOf(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet().getSubject();
        } catch (java.text.ParseException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static String token(String userId, String tenantId, Duration validity, ECKey key) {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("parley")
                .audience("parley")
                .subject(userId)
                .issueTime(Date.from(now.minusSeconds(3600)))
                .expirationTime(Date.from(now.plus(validity)))
                .claim(TokenClaims.TENANT, tenantId)
                .claim(TokenClaims.SESSION, "session-of-" + userId)
                .claim(TokenClaims.USERNAME, userId)
                .claim(TokenClaims.NAME, "Name of " + userId)
                .build();
        return signed(key, claims);
    }

    /** A token with these claims, whatever they are. */
    public static String signed(ECKey key, JWTClaimsSet claims) {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
        try {
            jwt.sign(new ECDSASigner(key));
        } catch (JOSEException unsigned) {
            throw new IllegalStateException(unsigned);
        }
        return jwt.serialize();
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
