package dev.parley.notification.push;

import dev.parley.notification.provider.ProviderName;
import dev.parley.platform.id.Fingerprint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * A push as it is kept: while it waits, and afterwards as an entry of the log.
 *
 * @param noticeId what it tells of; null for a withdrawal
 * @param seq as in {@link NewPush}; of a withdrawal: up to where the user has read
 * @param waiting null once it is settled
 * @param shownFor {@link #shownFor(String, String)} from the beginning until what it shows is taken away again; null for others
 * @param tries how often it was claimed to be sent
 * @param reason why it failed, is not sent, or is to be sent again
 * @param providerId what the provider calls it
 * @param receipt while the provider is to be asked what became of it
 * @param settledAt when the status became what it is; null while it waits
 * @param expireAt when it is removed
 */
record StoredPush(
        @Id String id,
        PushKind kind,
        String type,
        @Nullable String noticeId,
        String tenantId,
        String userId,
        String deviceId,
        ProviderName provider,
        String conversationId,
        @Nullable String messageId,
        long seq,
        PushStatus status,
        @Nullable Waiting waiting,
        @Nullable String shownFor,
        int tries,
        @Nullable String reason,
        @Nullable String providerId,
        @Nullable Receipt receipt,
        Instant createdAt,
        @Nullable Instant settledAt,
        Instant expireAt) {

    /**
     * @param provider whose turn it is; here once more for the index
     * @param dueAt when it may be claimed (again)
     * @param claim of those who claimed it, the last one; null if nobody has
     */
    record Waiting(
            ProviderName provider, Instant dueAt, @Nullable String claim) {}

    /**
     * @param provider who is asked; here once more for the index
     * @param dueAt when to ask
     * @param address {@link Fingerprint} of where it was sent to, which may have changed when the answer comes
     */
    record Receipt(ProviderName provider, Instant dueAt, String address) {}

    static String shownFor(String userId, String conversationId) {
        return userId + "/" + conversationId;
    }

    NewPush push() {
        return new NewPush(
                noticeId == null ? id : noticeId,
                type,
                tenantId,
                userId,
                deviceId,
                provider,
                conversationId,
                messageId,
                seq);
    }

    boolean isWithdrawal() {
        return kind == PushKind.WITHDRAWAL;
    }

    /** Whether somebody is sending it, or was when it was killed. */
    boolean isClaimed() {
        return waiting != null && waiting.claim() != null;
    }
}
