package dev.parley.notification.provider;

import java.util.Arrays;
import java.util.Optional;

/** Those that bring pushes to devices. */
public enum ProviderName {
    EXPO("expo"),
    FCM("fcm"),
    APNS("apns"),
    WEB_PUSH("web-push"),
    /** A server of the operator's own. */
    WEBHOOK("webhook");

    private final String wireName;

    ProviderName(String wireName) {
        this.wireName = wireName;
    }

    /** What clients, the store and metrics call it. */
    public String wireName() {
        return wireName;
    }

    /** @return empty if no provider is called so */
    public static Optional<ProviderName> named(String wireName) {
        return Arrays.stream(values())
                .filter(name -> name.wireName.equals(wireName))
                .findFirst();
    }
}
