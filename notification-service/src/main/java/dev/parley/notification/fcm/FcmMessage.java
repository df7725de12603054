package dev.parley.notification.fcm;

import dev.parley.notification.provider.CollapseId;
import dev.parley.notification.provider.PayloadLimit;
import dev.parley.notification.provider.PushContent;
import dev.parley.notification.provider.PushData;
import dev.parley.notification.provider.PushRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A push as FCM takes it ({@code projects.messages}). */
final class FcmMessage {

    /** Bytes. FCM counts less than the whole message. */
    static final int MAX_BYTES = 4_096;

    private FcmMessage() {}

    static byte[] of(PushRequest push, String androidChannel, JsonMapper json, Instant now) {
        return PayloadLimit.fit(
                push.content(),
                MAX_BYTES,
                content -> json.writeValueAsBytes(Map.of("message", message(push, content, androidChannel, now))));
    }

    private static Map<String, Object> message(
            PushRequest push, PushContent content, String androidChannel, Instant now) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("token", push.address().token());
        // Without a notification it is for the app alone: nothing is shown, and the app takes away what was.
        if (!content.silent()) {
            message.put("notification", text(content));
        }
        message.put("data", data(push, content));
        message.put("android", android(push, content, androidChannel));
        message.put("apns", apns(push, content, now));
        message.put("webpush", Map.of("headers", Map.of("TTL", seconds(push), "Urgency", urgency(push))));
        return message;
    }

    private static Map<String, Object> text(PushContent content) {
        Map<String, Object> text = new LinkedHashMap<>();
        if (content.title() != null) {
            text.put("title", content.title());
        }
        if (content.body() != null) {
            text.put("body", content.body());
        }
        return text;
    }

    /** FCM takes nothing but strings. */
    private static Map<String, String> data(PushRequest push, PushContent content) {
        Map<String, String> data = new LinkedHashMap<>();
        PushData.of(push, content).forEach((name, value) -> data.put(name, value.toString()));
        return data;
    }

    private static Map<String, Object> android(PushRequest push, PushContent content, String channel) {
        Map<String, Object> android = new LinkedHashMap<>();
        android.put("collapse_key", content.tag());
        android.put("priority", push.urgent() ? "HIGH" : "NORMAL");
        android.put("ttl", seconds(push) + "s");
        if (!content.silent()) {
            Map<String, Object> notification = new LinkedHashMap<>();
            notification.put("tag", content.tag());
            notification.put("channel_id", channel);
            if (content.sound()) {
                notification.put("sound", "default");
            }
            notification.put("notification_count", Math.min(content.badge(), Integer.MAX_VALUE));
            android.put("notification", notification);
        }
        return android;
    }

    /** For the app on devices of Apple, which FCM passes on to APNs. */
    private static Map<String, Object> apns(PushRequest push, PushContent content, Instant now) {
        Map<String, Object> aps = new LinkedHashMap<>();
        if (content.silent()) {
            aps.put("content-available", 1);
        } else {
            aps.put("badge", content.badge());
            if (content.sound()) {
                aps.put("sound", "default");
            }
            aps.put("thread-id", content.tag());
            aps.put("mutable-content", 1);
        }
        return Map.of(
                "headers",
                Map.of(
                        "apns-collapse-id",
                        CollapseId.of(content.tag()),
                        "apns-priority",
                        push.urgent() ? "10" : "5",
                        "apns-push-type",
                        content.silent() ? "background" : "alert",
                        "apns-expiration",
                        String.valueOf(now.plus(push.timeToLive()).getEpochSecond())),
                "payload",
                Map.of("aps", aps));
    }

    private static String urgency(PushRequest push) {
        return push.urgent() ? "high" : "normal";
    }

    private static String seconds(PushRequest push) {
        return String.valueOf(push.timeToLive().toSeconds());
    }
}
