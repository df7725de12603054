package dev.parley.notification.webpush;

/** Nobody can encrypt for a subscription. */
final class KeysOfNoUseException extends RuntimeException {

    KeysOfNoUseException() {
        // Without a cause: its message may show the key.
        super("The keys of the subscription are none");
    }
}
