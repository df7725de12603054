package dev.parley.platform.encryption;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256 in Galois/Counter Mode (NIST SP 800-38D): a random nonce of 96 bits, what is encrypted, a tag of 128 bits. What
 * is sealed has a form byte before that, so that another form can follow. Random nonces keep a key safe for 2^32 messages, far more than one conversation has.
 */
public final class AesGcm {

    public static final int KEY_BYTES = 32;

    private static final byte FORM = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private AesGcm() {}

    static byte[] newKey() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return key;
    }

    public static SecretKey key(byte[] bytes) {
        return new SecretKeySpec(bytes, "AES");
    }

    /** @param context is not sealed, but must be the same for opening */
    static byte[] seal(SecretKey key, byte[] plain, String context) {
        byte[] encrypted = encrypt(key, plain, context);
        return ByteBuffer.allocate(1 + encrypted.length)
                .put(FORM)
                .put(encrypted)
                .array();
    }

    /** @throws IllegalStateException if the key or the context is another one, or a bit was changed */
    static byte[] open(SecretKey key, byte[] sealed, String context) {
        if (sealed.length < 1 || sealed[0] != FORM) {
            throw new IllegalStateException("Not sealed in a known form");
        }
        return decrypt(key, Arrays.copyOfRange(sealed, 1, sealed.length), context);
    }

    /** @param context is not encrypted, but must be the same for decrypting */
    public static byte[] encrypt(SecretKey key, byte[] plain, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(plain);
            return ByteBuffer.allocate(NONCE_BYTES + encrypted.length)
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has AES/GCM", impossible);
        }
    }

    /** @throws IllegalStateException if the key or the context is another one, or a bit was changed */
    public static byte[] decrypt(SecretKey key, byte[] encrypted, String context) {
        if (encrypted.length < NONCE_BYTES) {
            throw new IllegalStateException("Too short to be encrypted");
        }
        byte[] nonce = Arrays.copyOf(encrypted, NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, context)
                    .doFinal(encrypted, NONCE_BYTES, encrypted.length - NONCE_BYTES);
        } catch (GeneralSecurityException refused) {
            throw new IllegalStateException("Encrypted with another key, for something else, or damaged", refused);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
