package dev.parley.notification.webpush;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What a browser does with its subscription: it decrypts pushes (RFC 8291, and RFC 8188 with one record). */
record BrowserSubscription(ECKey key, byte[] authSecret) {

    private static final int SALT = 16;
    private static final int POINT = 65;
    private static final byte END_OF_THE_LAST_RECORD = 2;

    static BrowserSubscription create() {
        try {
            byte[] secret = new ECKeyGenerator(Curve.P_256).generate().getD().decode();
            return new BrowserSubscription(new ECKeyGenerator(Curve.P_256).generate(), Arrays.copyOf(secret, SALT));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static BrowserSubscription of(String publicKey, String privateKey, String auth) {
        ECKey key = new ECKey.Builder(point(new Base64URL(publicKey).decode()))
                .d(new Base64URL(privateKey))
                .build();
        return new BrowserSubscription(key, new Base64URL(auth).decode());
    }

    /** @param uncompressed a point of P-256 */
    static ECKey point(byte[] uncompressed) {
        return new ECKey.Builder(
                        Curve.P_256,
                        Base64URL.encode(Arrays.copyOfRange(uncompressed, 1, 33)),
                        Base64URL.encode(Arrays.copyOfRange(uncompressed, 33, POINT)))
                .build();
    }

    String p256dh() {
        return Base64URL.encode(publicKey()).toString();
    }

    String auth() {
        return Base64URL.encode(authSecret).toString();
    }

    private byte[] publicKey() {
        return concat(new byte[] {4}, key.getX().decode(), key.getY().decode());
    }

    String decrypt(byte[] body) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(body);
            byte[] salt = next(buffer, SALT);
            int recordSize = buffer.getInt();
            byte[] sender = next(buffer, buffer.get());
            byte[] record = next(buffer, buffer.remaining());
            if (record.length > recordSize) {
                throw new IllegalStateException("More than one record");
            }
            return opened(salt, sender, record);
        } catch (GeneralSecurityException | JOSEException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private String opened(byte[] salt, byte[] sender, byte[] record) throws GeneralSecurityException, JOSEException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(key.toECPrivateKey());
        agreement.doPhase(point(sender).toECPublicKey(), true);
        byte[] shared = hmac(authSecret, agreement.generateSecret());
        byte[] input = hmac(shared, concat(ascii("WebPush: info\0"), publicKey(), sender, new byte[] {1}));
        byte[] secret = hmac(salt, input);
        byte[] contentKey = Arrays.copyOf(hmac(secret, ascii("Content-Encoding: aes128gcm\0\1")), 16);
        byte[] nonce = Arrays.copyOf(hmac(secret, ascii("Content-Encoding: nonce\0\1")), 12);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(contentKey, "AES"), new GCMParameterSpec(128, nonce));
        return unpadded(cipher.doFinal(record));
    }

    private static String unpadded(byte[] plain) {
        int end = plain.length - 1;
        while (plain[end] == 0) {
            end--;
        }
        if (plain[end] != END_OF_THE_LAST_RECORD) {
            throw new IllegalStateException("Not the last record");
        }
        return new String(plain, 0, end, StandardCharsets.UTF_8);
    }

    private static byte[] next(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
