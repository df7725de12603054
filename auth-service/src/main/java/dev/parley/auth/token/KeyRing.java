package dev.parley.auth.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The signing keys that were read from the store at one time. */
record KeyRing(List<SigningKey> keys, Instant readAt) {

    Optional<SigningKey> signingAt(Instant time) {
        return keys.stream().filter(key -> key.signsAt(time)).findFirst();
    }

    /** The public keys: of all keys whose tokens may still be valid, and of the next key. */
    JWKSet published() {
        return new JWKSet(
                keys.stream().map(key -> (JWK) key.key().toPublicJWK()).toList());
    }
}
