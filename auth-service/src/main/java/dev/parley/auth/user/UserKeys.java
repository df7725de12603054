package dev.parley.auth.user;

import java.text.Normalizer;
import java.util.Locale;

/** Keys that make a name unique in its tenant whatever its case. One field each, so that one unique index does it. */
public final class UserKeys {

    private UserKeys() {}

    public static String email(String tenantId, String email) {
        return tenantId + '/' + folded(email);
    }

    static String username(String tenantId, String username) {
        return tenantId + '/' + folded(username);
    }

    static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
