package dev.parley.presence.recovery;

import dev.parley.presence.transport.RandomIds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The name under which a client comes back: of its user, and of nobody else. It proves nothing; who the user is, the token
 * says.
 */
final class Pid {

    private static final int BYTES = 12;
    private static final RandomIds IDS = new RandomIds();

    private Pid() {}

    static String next(String tenantId, String userId) {
        return prefix(tenantId, userId) + IDS.next();
    }

    static boolean belongsTo(String pid, String tenantId, String userId) {
        return pid.startsWith(prefix(tenantId, userId));
    }

    private static String prefix(String tenantId, String userId) {
        byte[] digest = sha256().digest((tenantId + "\0" + userId).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES)) + ".";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
