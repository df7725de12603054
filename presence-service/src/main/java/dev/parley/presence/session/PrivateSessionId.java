package dev.parley.presence.session;

import dev.parley.presence.device.UserKey;
import dev.parley.presence.transport.RandomIds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Makes the id with which a client can reconnect. It is bound to one user, but proves nothing: the token says who the user
 * is.
 */
final class PrivateSessionId {

    private static final int BYTES = 12;
    private static final RandomIds IDS = new RandomIds();

    private PrivateSessionId() {}

    static String next(UserKey user) {
        return prefix(user) + IDS.next();
    }

    static boolean belongsTo(String pid, UserKey user) {
        return pid.startsWith(prefix(user));
    }

    private static String prefix(UserKey user) {
        byte[] digest = sha256().digest((user.tenantId() + "\0" + user.userId()).getBytes(StandardCharsets.UTF_8));
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
