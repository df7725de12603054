package dev.parley.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;

/**
 * A P-256 key pair and the period in which it signs.
 *
 * @param from when it starts signing
 * @param until when it stops signing
 */
record SigningKey(ECKey key, Instant from, Instant until) {

    static SigningKey generate(Instant from, Duration rotation) {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
            return new SigningKey(key, from, from.plus(rotation));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @param json the private key as a JWK (RFC 7517) */
    static SigningKey parse(String json, Instant from, Instant until) {
        try {
            return new SigningKey(ECKey.parse(json), from, until);
        } catch (ParseException malformed) {
            throw new IllegalStateException("A stored signing key is no JWK");
        }
    }

    boolean signsAt(Instant time) {
        return !time.isBefore(from) && time.isBefore(until);
    }

    @Override
    public String toString() {
        return "SigningKey[" + key.getKeyID() + ", from " + from + " until " + until + "]";
    }
}
