package dev.parley.presence.transport;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes ids that cannot be guessed: 120 random bits, 20 URL-safe characters. */
public final class RandomIds {

    private static final int BYTES = 15;

    private final SecureRandom random;

    public RandomIds() {
        try {
            // The default generator reads a device file for each number, which would block an event loop.
            random = SecureRandom.getInstance("DRBG");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        next();
    }

    public String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
