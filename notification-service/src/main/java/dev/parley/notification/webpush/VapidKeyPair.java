package dev.parley.notification.webpush;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.VAPIDKeyPairs;
import com.zerodeplibs.webpush.jwt.VAPIDJWTParam;
import com.zerodeplibs.webpush.key.PrivateKeySources;
import com.zerodeplibs.webpush.key.PublicKeySources;
import java.net.MalformedURLException;
import java.net.URI;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** The P-256 key pair by which push services know this platform (RFC 8292). */
final class VapidKeyPair {

    private static final int COORDINATE = 32;
    private static final int UNCOMPRESSED = 1 + 2 * COORDINATE;

    private final ECKey key;
    private final VAPIDKeyPair signing;

    private VapidKeyPair(ECKey key) {
        this.key = key;
        try {
            this.signing = VAPIDKeyPairs.of(
                    PrivateKeySources.ofECPrivateKey(key.toECPrivateKey()),
                    PublicKeySources.ofECPublicKey(key.toECPublicKey()));
        } catch (JOSEException malformed) {
            throw new IllegalStateException("Not a P-256 key pair", malformed);
        }
    }

    static VapidKeyPair generate() {
        try {
            return new VapidKeyPair(new ECKeyGenerator(Curve.P_256).generate());
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @param json the private key as a JWK (RFC 7517) */
    static VapidKeyPair ofJwk(String json) {
        try {
            return new VapidKeyPair(ECKey.parse(json));
        } catch (ParseException malformed) {
            // Not as the cause: its message may show a part of the key.
            throw new IllegalStateException("The stored VAPID key is no JWK");
        }
    }

    /** Of keys that {@link #belongTogether}. */
    static VapidKeyPair of(String publicKey, String privateKey) {
        return new VapidKeyPair(pair(publicKey, privateKey).orElseThrow());
    }

    static boolean isPublicKey(String publicKey) {
        return point(publicKey).isPresent();
    }

    static boolean belongTogether(String publicKey, String privateKey) {
        return pair(publicKey, privateKey).isPresent();
    }

    private static Optional<ECKey> pair(String publicKey, String privateKey) {
        byte[] d = decoded(privateKey);
        return point(publicKey)
                .filter(point -> d.length == COORDINATE)
                .map(point -> new ECKey.Builder(point).d(Base64URL.encode(d)).build())
                .filter(VapidKeyPair::verifiesWhatItSigns);
    }

    private static boolean verifiesWhatItSigns(ECKey key) {
        try {
            JWSObject signed = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload("vapid"));
            signed.sign(new ECDSASigner(key));
            return signed.verify(new ECDSAVerifier(key));
        } catch (JOSEException notOfTheCurve) {
            return false;
        }
    }

    private static Optional<ECKey> point(String publicKey) {
        byte[] bytes = decoded(publicKey);
        if (bytes.length != UNCOMPRESSED || bytes[0] != 4) {
            return Optional.empty();
        }
        try {
            // Checks that it is on the curve.
            ECPublicKey point = PublicKeySources.ofUncompressedBytes(bytes).extract();
            return Optional.of(new ECKey.Builder(Curve.P_256, point).build());
        } catch (RuntimeException none) {
            return Optional.empty();
        }
    }

    private static byte[] decoded(String base64url) {
        try {
            return Base64.getUrlDecoder().decode(base64url);
        } catch (IllegalArgumentException neither) {
            return new byte[0];
        }
    }

    String toJwk() {
        return key.toJSONString();
    }

    /** An uncompressed point in base64url without padding, as browsers take it ({@code applicationServerKey}). */
    String publicKey() {
        return signing.extractPublicKeyInUncompressedFormAsString();
    }

    /**
     * The value of the header {@code Authorization} for the push service of an endpoint.
     *
     * @param subject empty if nobody is named
     */
    String authorization(URI endpoint, Instant expiresAt, String subject) {
        try {
            VAPIDJWTParam.Builder token =
                    VAPIDJWTParam.getBuilder().resourceURL(endpoint.toURL()).expirationTime(expiresAt);
            return signing.generateAuthorizationHeaderValue(
                    subject.isEmpty() ? token.build() : token.subject(subject).build());
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException("Endpoints are addresses of http", impossible);
        }
    }

    @Override
    public String toString() {
        return "VapidKeyPair[" + publicKey() + ", ***]";
    }
}
