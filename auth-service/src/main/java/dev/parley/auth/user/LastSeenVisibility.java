package dev.parley.auth.user;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who may see when a user was last seen. */
public enum LastSeenVisibility {
    EVERYONE,
    /** Those with whom the user has a conversation. */
    CONTACTS,
    NOBODY;

    /** Its name in events and in answers. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty if there is none of that name. */
    public static Optional<LastSeenVisibility> named(String wireName) {
        return Arrays.stream(values())
                .filter(each -> each.wireName().equals(wireName))
                .findFirst();
    }
}
