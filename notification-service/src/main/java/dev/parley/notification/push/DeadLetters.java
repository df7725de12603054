package dev.parley.notification.push;

import dev.parley.notification.deadletter.DeadLetterCodec;
import dev.parley.notification.deadletter.DeadPush;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.id.Ids;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxSource;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Puts what could not be sent on a topic, with the reason. The push carries the record until it is there, so a crash loses
 * none. Neither what the push says nor the device's address is in it.
 */
@Component
final class DeadLetters {

    static final String TOPIC = "parley.pushes.dead";
    static final String TYPE = "push.dead";
    static final OutboxSource SOURCE = new OutboxSource(PushStore.COLLECTION);

    private final Outbox outbox;
    private final DeadLetterCodec codec;

    DeadLetters(Outbox outbox, DeadLetterCodec codec) {
        this.outbox = outbox;
        this.codec = codec;
    }

    /** What to write on a push that failed. */
    PendingEvent of(StoredPush push, String reason, Instant failedAt) {
        DeadPush dead = new DeadPush(
                push.id(),
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
        return new PendingEvent(Ids.next(), TYPE, TOPIC, push.userId(), 0, failedAt, codec.write(dead), null);
    }

    /** Sends on its way what was written on a push. */
    void publish(String pushId, PendingEvent letter) {
        outbox.publishSoon(SOURCE, pushId, List.of(letter));
    }
}
