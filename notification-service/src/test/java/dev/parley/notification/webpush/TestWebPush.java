package dev.parley.notification.webpush;

import com.nimbusds.jose.jwk.ECKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;

/** Settings for tests. */
final class TestWebPush {

    private TestWebPush() {}

    static WebPushSettings settings(VapidKeyPair keys, Duration timeout) {
        return settings(keys.publicKey(), privateKey(keys), "", List.of(), timeout);
    }

    /** Whose keys are in the store. */
    static WebPushSettings settings(String wrappingKey, List<String> formerKeys) {
        return settings("", "", wrappingKey, formerKeys, Duration.ofSeconds(20));
    }

    private static WebPushSettings settings(
            String publicKey, String privateKey, String wrappingKey, List<String> formerKeys, Duration timeout) {
        return new WebPushSettings(
                publicKey,
                privateKey,
                wrappingKey,
                formerKeys,
                PushService.SUBJECT,
                Duration.ofHours(12),
                timeout,
                timeout.dividedBy(2),
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                20,
                20,
                2);
    }

    static String privateKey(VapidKeyPair keys) {
        try {
            return ECKey.parse(keys.toJwk()).getD().toString();
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
