package dev.parley.notification.provider;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data of a push that clients read, the same for all providers. */
public final class PushData {

    private PushData() {}

    /** In the order in which it is written; what is null is left out. */
    public static Map<String, Object> of(PushRequest push) {
        return of(push, push.content());
    }

    /** @param content what it tells, cut to what fits */
    public static Map<String, Object> of(PushRequest push, PushContent content) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", content.type());
        data.put("conversationId", content.conversationId());
        if (!content.silent()) {
            putIfGiven(data, "messageId", content.messageId());
            putIfGiven(data, "senderId", content.senderId());
            putIfGiven(data, "title", content.title());
            putIfGiven(data, "body", content.body());
            putIfGiven(data, "url", content.url());
            data.put("sentAt", content.sentAt());
            if (!content.sound()) {
                data.put("sound", false);
            }
        }
        data.put("badge", content.badge());
        data.put("tag", content.tag());
        data.put("pushId", push.pushId());
        return data;
    }

    private static void putIfGiven(Map<String, Object> data, String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value);
        }
    }
}
