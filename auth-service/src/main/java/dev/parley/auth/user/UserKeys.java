package dev.parley.auth.user;

import dev.parley.platform.text.TextFolding;
import dev.parley.platform.text.Usernames;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * Keys of emails and usernames, by which they are found and kept unique. They hold the folded text and name the tenant, so that an
 * index on one field is enough.
 */
public final class UserKeys {

    /**
     * Which rules the keys of a stored user follow. To be raised whenever the folding changes, also with a new version of Unicode:
     * {@link KeyRenewal} then brings all users to the new rules.
     */
    static final int RULES = 1;

    private UserKeys() {}

    public static String email(String tenantId, String email) {
        return key(tenantId, TextFolding.fold(email));
    }

    static String username(String tenantId, String username) {
        return key(tenantId, TextFolding.fold(username));
    }

    /** The key of an email and the earlier one, under which the user may still be stored. */
    static List<String> ofEmail(String tenantId, String email) {
        return List.of(email(tenantId, email), key(tenantId, earlier(email)));
    }

    /** The key of a username and the earlier one, under which the user may still be stored. */
    static List<String> ofUsername(String tenantId, String username) {
        return List.of(username(tenantId, username), key(tenantId, earlier(username)));
    }

    /** What the username looks like. No two users of a tenant have a look in common. */
    static List<String> looks(String tenantId, String username) {
        return Usernames.looks(username).stream()
                .map(look -> key(tenantId, look))
                .sorted()
                .toList();
    }

    /**
     * The text in a key by the rules before there were numbers for them. A user may still have such a key: not renewed yet, or kept because
     * the new key belongs to somebody else. So who looks for a text asks for both keys, and this one, which is the more exact, wins.
     */
    static String earlier(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private static String key(String tenantId, String text) {
        return tenantId + '/' + text;
    }
}
