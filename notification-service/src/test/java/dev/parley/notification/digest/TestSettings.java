package dev.parley.notification.digest;

import java.time.Duration;
import java.util.List;

/** Settings as they are by default, with all that is needed to send e-mails. */
final class TestSettings {

    static final String KEY = "a key that has more than 32 characters";

    private TestSettings() {}

    static DigestSettings defaults() {
        return withKeys(KEY, List.of());
    }

    /** Without a key no e-mails are sent, so that nobody is named whom they come from. */
    static DigestSettings withKeys(String linkKey, List<String> formerLinkKeys) {
        return new DigestSettings(
                linkKey.isEmpty() ? "" : "Parley <digest@chat.example.org>",
                "https://chat.example.org/",
                linkKey,
                formerLinkKeys,
                Duration.ofHours(24),
                Duration.ofMinutes(30),
                Duration.ofSeconds(30),
                100,
                2,
                Duration.ofMinutes(10),
                8,
                Duration.ofMinutes(5),
                20);
    }
}
