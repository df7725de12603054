package dev.parley.notification.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests with HMAC-SHA256 (RFC 2104) over the time, a dot and the body, so that an old request cannot be sent again as a new one. */
final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    /**
     * @param timestamp seconds since 1970
     * @return one signature for each secret, each after {@code v1=}
     */
    static String of(WebhookSettings.Target target, long timestamp, byte[] body) {
        String current = "v1=" + sign(target.secret(), timestamp, body);
        return target.formerSecret().isEmpty()
                ? current
                : current + ",v1=" + sign(target.formerSecret(), timestamp, body);
    }

    private static String sign(String secret, long timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((timestamp + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, missing);
        }
    }
}
