package dev.parley.media.encryption;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts the segments of one content, each by itself: AES-256-GCM in the construction STREAM (Hoang, Reyhanitabar, Rogaway and
 * Vizár, 2015). The nonce is the number of the segment and whether it is the last one, so that segments cannot be exchanged, left out, or
 * cut off at the end. The key is of this content alone, so no nonce is used twice. For use by one thread at a time.
 */
final class SegmentCipher {

    private static final int NONCE_BYTES = 12;

    private final SecretKey key;
    private final byte[] header;

    SegmentCipher(FileKey key, SealedHeader header, String blobKey) {
        this.key = key.of(blobKey, header.salt());
        this.header = header.bytes();
    }

    byte[] seal(long number, boolean last, byte[] plain) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, number, last).doFinal(plain);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has AES/GCM", impossible);
        }
    }

    /** @throws IllegalStateException if a bit was changed, or it is not this segment */
    byte[] open(long number, boolean last, byte[] sealed) {
        try {
            return cipher(Cipher.DECRYPT_MODE, number, last).doFinal(sealed);
        } catch (GeneralSecurityException refused) {
            throw new IllegalStateException("A content is damaged, or encrypted with another key", refused);
        }
    }

    private Cipher cipher(int mode, long number, boolean last) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                .putLong(number)
                .putInt(last ? 1 : 0)
                .array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(SealedSize.TAG * Byte.SIZE, nonce));
        cipher.updateAAD(header);
        return cipher;
    }
}
