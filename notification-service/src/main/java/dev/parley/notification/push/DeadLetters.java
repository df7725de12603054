package dev.parley.notification.push;

import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.id.Ids;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxSource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts what could not be sent on a topic, with the reason. The push carries the record until it is there, so a crash loses
 * none. Neither what the push says nor the device's address is in it.
 */
@Component
final class DeadLetters {

    static final String TOPIC = "parley.pushes.dead";
    static final String TYPE = "push.dead";
    static final OutboxSource SOURCE = new OutboxSource(PushStore.COLLECTION);

    /** A push that could not be sent. */
    record DeadPush(
            String pushId,
            PushKind kind,
            String type,
            @Nullable String noticeId,
            String tenantId,
            String userId,
            String deviceId,
            String provider,
            String conversationId,
            @Nullable String messageId,
            long seq,
            int tries,
            String reason,
            Instant createdAt,
            Instant failedAt) {}

    private final Outbox outbox;
    private final JsonMapper json;

    DeadLetters(Outbox outbox, JsonMapper json) {
        this.outbox = outbox;
        this.json = json;
    }

    /** What to write on a push that failed. */
    PendingEvent of(StoredPush push, String reason, Instant failedAt) {
        DeadPush dead = new DeadPush(
                push.id(),
                push.kind(),
                push.type(),
                push.noticeId(),
                push.tenantId(),
                push.userId(),
                push.deviceId(),
                push.provider().wireName(),
                push.conversationId(),
                push.messageId(),
                push.seq(),
                push.tries(),
                reason,
                push.createdAt(),
                failedAt);
        return new PendingEvent(Ids.next(), TYPE, TOPIC, push.userId(), 0, failedAt, json.writeValueAsString(dead));
    }

    /** Sends on its way what was written on a push. */
    void publish(String pushId, PendingEvent letter) {
        outbox.publishSoon(SOURCE, pushId, List.of(letter));
    }
}
