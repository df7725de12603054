package dev.parley.notification.expo;

import dev.parley.notification.provider.PayloadLimit;
import dev.parley.notification.provider.PushContent;
import dev.parley.notification.provider.PushData;
import dev.parley.notification.provider.PushRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes pushes as Expo reads them (https://docs.expo.dev/push-notifications/sending-notifications/#message-request-format). */
final class ExpoMessage {

    /** Bytes: Apple and Google take 4,096 with all that Expo adds. */
    private static final int MAX_BYTES = 3_500;

    private ExpoMessage() {}

    /** JSON. */
    static byte[] of(PushRequest push, JsonMapper json) {
        return PayloadLimit.fit(push.content(), MAX_BYTES, content -> json.writeValueAsBytes(message(push, content)));
    }

    private static Map<String, Object> message(PushRequest push, PushContent content) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("to", push.address().token());
        if (content.silent()) {
            message.put("_contentAvailable", true);
        } else {
            putIfGiven(message, "title", content.title());
            putIfGiven(message, "body", content.body());
            if (content.sound()) {
                message.put("sound", "default");
            }
            message.put("mutableContent", true);
        }
        message.put("badge", content.badge());
        message.put("ttl", push.timeToLive().toSeconds());
        message.put("priority", push.urgent() ? "high" : "normal");
        message.put("tag", content.tag());
        message.put("collapseId", content.tag());
        message.put("data", PushData.of(push, content));
        return message;
    }

    private static void putIfGiven(Map<String, Object> message, String name, @Nullable Object value) {
        if (value != null) {
            message.put(name, value);
        }
    }
}
