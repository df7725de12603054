package dev.parley.auth.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The keys as they were read at one time. */
record KeyRing(List<SigningKey> keys, Instant readAt) {

    Optional<SigningKey> signingAt(Instant time) {
        return keys.stream().filter(key -> key.signsAt(time)).findFirst();
    }

    /** The public halves: of the keys whose tokens may be about, and of the one that signs next. */
    JWKSet published() {
        return new JWKSet(
                keys.stream().map(key -> (JWK) key.key().toPublicJWK()).toList());
    }
}
