package dev.parley.notification.push;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Says what became of pushes, for as long as they are kept. */
@Component
public final class PushLog {

    /** More there are only for a user with very many devices, or with pushes for very many messages. */
    public static final int MAX_ENTRIES = 500;

    /**
     * A push as it is now. Neither the text nor the address of the device is kept.
     *
     * @param dueAt when it is sent (again); null once it is settled
     * @param settledAt when the status became what it is; null while it waits
     */
    public record Entry(
            String id,
            String type,
            String deviceId,
            String provider,
            String conversationId,
            @Nullable String messageId,
            String status,
            @Nullable String reason,
            @Nullable String providerId,
            int tries,
            Instant createdAt,
            @Nullable Instant dueAt,
            @Nullable Instant settledAt) {

        static Entry of(StoredPush push) {
            StoredPush.Waiting waiting = push.waiting();
            return new Entry(
                    push.id(),
                    push.type(),
                    push.deviceId(),
                    push.provider().wireName(),
                    push.conversationId(),
                    push.messageId(),
                    push.status().wireName(),
                    push.reason(),
                    push.providerId(),
                    push.tries(),
                    push.createdAt(),
                    waiting == null ? null : waiting.dueAt(),
                    push.settledAt());
        }
    }

    private final PushStore store;

    PushLog(PushStore store) {
        this.store = store;
    }

    /** @param messageId null for all messages; then the newest entries come first */
    public Flux<Entry> of(String userId, @Nullable String messageId) {
        return store.of(userId, messageId, MAX_ENTRIES).map(Entry::of);
    }
}
