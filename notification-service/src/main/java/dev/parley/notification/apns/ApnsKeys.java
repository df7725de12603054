package dev.parley.notification.apns;

import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import dev.parley.notification.provider.Credentials;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;

/** Reads the key that signs the tokens by which APNs knows its senders. */
final class ApnsKeys {

    private ApnsKeys() {}

    static boolean isPrivateKey(Optional<String> p8) {
        return p8.flatMap(ApnsKeys::privateKey).isPresent();
    }

    private static Optional<ECPrivateKey> privateKey(String p8) {
        return Credentials.pem(p8).flatMap(pkcs8 -> {
            try {
                return Optional.of(
                        (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
            } catch (GeneralSecurityException anotherKey) {
                return Optional.empty();
            }
        });
    }

    /** Of settings that have a key. */
    static ApnsSigningKey signing(ApnsSettings settings) {
        ECPrivateKey key = Credentials.read(settings.keyFile(), settings.key())
                .flatMap(ApnsKeys::privateKey)
                .orElseThrow();
        try {
            return new ApnsSigningKey(settings.keyId(), settings.teamId(), key);
        } catch (GeneralSecurityException otherCurve) {
            throw new IllegalArgumentException("parley.notification.apns.key must be a key of P-256");
        }
    }
}
