package dev.parley.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.auth.user.User;
import dev.parley.platform.id.Ids;
import dev.parley.platform.security.BearerToken;
import dev.parley.platform.security.SecuritySettings;
import dev.parley.platform.security.TokenClaims;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Issues access tokens: JWTs (RFC 7519) signed with ES256, which every service verifies by itself. */
@Component
public class TokenIssuer {

    private final SigningKeys keys;
    private final TokenSettings settings;
    private final SecuritySettings security;
    private final Clock clock;

    TokenIssuer(SigningKeys keys, TokenSettings settings, SecuritySettings security, Clock clock) {
        this.keys = keys;
        this.settings = settings;
        this.security = security;
        this.clock = clock;
    }

    /** An access token of a session, with the profile that the user has now. */
    public Mono<AccessToken> issue(User user, String sessionId) {
        return keys.current().map(key -> new AccessToken(sign(claims(user, sessionId), key), settings.lifetime()));
    }

    private JWTClaimsSet claims(User user, String sessionId) {
        Instant now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(security.issuer())
                .audience(security.audience())
                .subject(user.id())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(settings.lifetime())))
                .jwtID(Ids.next())
                .claim(TokenClaims.TENANT, user.tenantId())
                .claim(TokenClaims.SESSION, sessionId)
                .claim(TokenClaims.USERNAME, user.username())
                .claim(TokenClaims.NAME, user.displayName())
                .claim(TokenClaims.PICTURE, user.avatarUrl())
                .claim(TokenClaims.PICTURE_FILE, user.avatarFileId())
                .build();
    }

    private static BearerToken sign(JWTClaimsSet claims, SigningKey key) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .keyID(key.key().getKeyID())
                .build();
        SignedJWT jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(new ECDSASigner(key.key()));
        } catch (JOSEException unsigned) {
            throw new IllegalStateException(unsigned);
        }
        return new BearerToken(jwt.serialize());
    }
}
