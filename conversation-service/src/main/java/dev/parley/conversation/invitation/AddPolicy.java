package dev.parley.conversation.invitation;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may be added to groups by whom, in one tenant. */
enum AddPolicy {
    /** Everybody by everybody. */
    EVERYONE,
    /** Only contacts: see {@link Contacts}. */
    CONTACTS,
    /** Everybody by everybody, but the one who is added is asked first. */
    ASK;

    /** As the settings name it. */
    static Optional<AddPolicy> named(String name) {
        return Stream.of(values())
                .filter(policy -> policy.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }
}
