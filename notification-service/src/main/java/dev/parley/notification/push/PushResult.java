package dev.parley.notification.push;

import dev.parley.notification.provider.ProviderName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of a claimed push.
 *
 * @param provider who reaches the device from now on
 * @param dueAt when it may be claimed again; null if it is settled
 * @param tries how often it was tried so far
 * @param isDead whether it goes to the dead letters
 * @param receipt if the provider is to be asked later what became of it
 */
record PushResult(
        StoredPush push,
        PushStatus status,
        @Nullable String reason,
        @Nullable String providerId,
        ProviderName provider,
        @Nullable Instant dueAt,
        int tries,
        boolean isDead,
        StoredPush.@Nullable Receipt receipt) {

    static PushResult accepted(StoredPush push, @Nullable String providerId) {
        return settled(push, PushStatus.ACCEPTED, null, providerId);
    }

    /** Accepted, and the provider says later what became of it. */
    PushResult with(StoredPush.Receipt later) {
        return new PushResult(push, status, reason, providerId, provider, dueAt, tries, isDead, later);
    }

    /** It could not be sent. A withdrawal would come too late later on, so it is no dead letter. */
    static PushResult dead(StoredPush push, String reason) {
        return new PushResult(
                push, PushStatus.FAILED, reason, null, push.provider(), null, push.tries(), !push.isWithdrawal(), null);
    }

    /** There is no such device any more, so nobody would have it either if it was sent again. */
    static PushResult tokenGone(StoredPush push, String reason) {
        return settled(push, PushStatus.FAILED, reason, null);
    }

    static PushResult suppressed(StoredPush push, Suppression why) {
        return settled(push, PushStatus.SUPPRESSED, why.wireName(), null);
    }

    private static PushResult settled(
            StoredPush push, PushStatus status, @Nullable String reason, @Nullable String providerId) {
        return new PushResult(push, status, reason, providerId, push.provider(), null, push.tries(), false, null);
    }

    static PushResult again(StoredPush push, String reason, Instant dueAt) {
        return new PushResult(
                push, PushStatus.WAITING, reason, null, push.provider(), dueAt, push.tries(), false, null);
    }

    /** It was not tried, or not for anything that it is at fault for. */
    static PushResult givenBack(StoredPush push, @Nullable String reason, ProviderName provider, Instant dueAt) {
        return new PushResult(push, PushStatus.WAITING, reason, null, provider, dueAt, push.tries() - 1, false, null);
    }

    boolean isSettled() {
        return status != PushStatus.WAITING;
    }
}
