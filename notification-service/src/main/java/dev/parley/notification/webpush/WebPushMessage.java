package dev.parley.notification.webpush;

import com.zerodeplibs.webpush.MessageEncryptions;
import com.zerodeplibs.webpush.PushMessage;
import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;
import dev.parley.notification.provider.PayloadLimit;
import dev.parley.notification.provider.PushData;
import dev.parley.notification.provider.PushRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** A push as a push service takes it. */
final class WebPushMessage {

    /** What every push service takes (RFC 8030, section 7.2). */
    static final int MAX_BYTES = 4_096;

    /** The header of {@code aes128gcm} with a P-256 key (86), the end of the padding (1) and the tag (16): RFC 8188 and RFC 8291. */
    private static final int ENCRYPTION_BYTES = 103;

    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final int TOPIC_BYTES = 24;

    private WebPushMessage() {}

    /**
     * The push in JSON, encrypted for the browser (RFC 8291). Its text is cut to fit.
     *
     * @throws KeysOfNoUseException if the keys of the subscription are none
     */
    static byte[] encrypt(PushRequest push, JsonMapper json) {
        UserAgentMessageEncryptionKeyInfo browser = browser(push);
        byte[] payload = PayloadLimit.fit(
                push.content(),
                MAX_BYTES - ENCRYPTION_BYTES,
                content -> json.writeValueAsBytes(PushData.of(push, content)));
        // One for each: it is not for several threads.
        return MessageEncryptions.of().encrypt(browser, PushMessage.of(payload)).toBytes();
    }

    private static UserAgentMessageEncryptionKeyInfo browser(PushRequest push) {
        String p256dh = Objects.requireNonNullElse(push.address().p256dh(), "");
        String auth = Objects.requireNonNullElse(push.address().auth(), "");
        if (auth.isEmpty()) {
            throw new KeysOfNoUseException();
        }
        try {
            return UserAgentMessageEncryptionKeyInfo.of(p256dh, auth);
        } catch (RuntimeException none) {
            throw new KeysOfNoUseException();
        }
    }

    /** What an undelivered push takes the place of (RFC 8030, section 5.4): the tag, as the header may name it. */
    static String topic(String tag) {
        return TOPIC.matcher(tag).matches() ? tag : hash(tag);
    }

    private static String hash(String tag) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(tag.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, TOPIC_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
