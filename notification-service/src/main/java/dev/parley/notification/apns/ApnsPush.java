package dev.parley.notification.apns;

import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.parley.notification.provider.CollapseId;
import dev.parley.notification.provider.PayloadLimit;
import dev.parley.notification.provider.PushContent;
import dev.parley.notification.provider.PushData;
import dev.parley.notification.provider.PushRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A push as APNs takes it. */
final class ApnsPush {

    /** Bytes. */
    static final int MAX_PAYLOAD = 4_096;

    private static final Pattern TOKEN = Pattern.compile("[0-9a-fA-F]{8,200}");

    private ApnsPush() {}

    /** Whether it has the form of what APNs calls devices. It is a part of the address that is asked for. */
    static boolean isToken(String token) {
        return TOKEN.matcher(token).matches();
    }

    static SimpleApnsPushNotification of(PushRequest push, String topic, JsonMapper json, Instant now) {
        boolean silent = push.content().silent();
        byte[] payload = PayloadLimit.fit(
                push.content(), MAX_PAYLOAD, content -> json.writeValueAsBytes(payload(push, content)));
        return new SimpleApnsPushNotification(
                push.address().token(),
                topic,
                new String(payload, StandardCharsets.UTF_8),
                expiration(push.timeToLive(), now),
                push.urgent() ? DeliveryPriority.IMMEDIATE : DeliveryPriority.CONSERVE_POWER,
                silent ? PushType.BACKGROUND : PushType.ALERT,
                CollapseId.of(push.content().tag()),
                id(push.pushId()));
    }

    private static Map<String, Object> payload(PushRequest push, PushContent content) {
        Map<String, Object> payload = new LinkedHashMap<>();
        // A background push has nothing else in it; the app reads the badge from the data.
        payload.put("aps", content.silent() ? Map.of("content-available", 1) : alert(content));
        payload.putAll(PushData.of(push, content));
        return payload;
    }

    private static Map<String, Object> alert(PushContent content) {
        Map<String, Object> text = new LinkedHashMap<>();
        if (content.title() != null) {
            text.put("title", content.title());
        }
        if (content.body() != null) {
            text.put("body", content.body());
        }
        Map<String, Object> aps = new LinkedHashMap<>();
        aps.put("alert", text);
        aps.put("badge", content.badge());
        if (content.sound()) {
            aps.put("sound", "default");
        }
        aps.put("thread-id", content.tag());
        aps.put("mutable-content", 1);
        return aps;
    }

    /** The same for a push that is sent again. */
    static UUID id(String pushId) {
        return UUID.nameUUIDFromBytes(pushId.getBytes(StandardCharsets.UTF_8));
    }

    /** Null: tried once. */
    private static @Nullable Instant expiration(Duration timeToLive, Instant now) {
        return timeToLive.isZero() ? null : now.plus(timeToLive);
    }
}
