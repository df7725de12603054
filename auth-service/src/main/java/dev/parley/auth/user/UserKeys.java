package dev.parley.auth.user;

import java.text.Normalizer;
import java.util.Locale;

/** Keys of emails and usernames that ignore case and name the tenant, so that a unique index on one field keeps them unique. */
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
