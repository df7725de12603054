package dev.parley.presence.update;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The updates of one conversation that its members have not been shown yet. Not safe for threads. */
public final class PendingUpdates {

    private final String tenantId;
    private boolean forAll;
    private final Set<String> changed = new HashSet<>();

    /** How often showing the change has failed. */
    private int failures;

    /** The users in whose lists the conversation is new, with the number of vain attempts to show it. */
    private final Map<String, Integer> opened = new HashMap<>();

    /** Whether these updates are collected while a request is under way, whose answer may be older. */
    private boolean requestInFlight;

    /** When the oldest of these updates became pending; null while there is none. Read by any thread. */
    private volatile @Nullable Instant since;

    /** The same for the updates that are being requested. */
    private volatile @Nullable Instant requestedSince;

    public PendingUpdates(String tenantId) {
        this.tenantId = tenantId;
    }

    /** Collects what becomes pending while these updates are requested. */
    PendingUpdates duringRequest() {
        PendingUpdates pending = new PendingUpdates(tenantId);
        pending.requestInFlight = true;
        pending.requestedSince = since;
        return pending;
    }

    /** When the oldest update that members have not been shown became pending; null if there is none. Any thread. */
    @Nullable Instant oldest() {
        return older(since, requestedSince);
    }

    private static @Nullable Instant older(@Nullable Instant first, @Nullable Instant second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return first.isBefore(second) ? first : second;
    }

    private void becomesPending() {
        if (since == null) {
            since = Instant.now();
        }
    }

    boolean isRequestInFlight() {
        return requestInFlight;
    }

    String tenantId() {
        return tenantId;
    }

    void changedForAll() {
        becomesPending();
        forAll = true;
    }

    void changedFor(String userId) {
        becomesPending();
        changed.add(userId);
    }

    public void openedFor(String userId, int attempts) {
        becomesPending();
        opened.merge(userId, attempts, Math::min);
    }

    /** What must still be shown after a failure, without those for whom it was the last attempt. */
    PendingUpdates afterFailure(int maxFailures) {
        PendingUpdates later = new PendingUpdates(tenantId);
        if (failures < maxFailures && (forAll || !changed.isEmpty())) {
            later.forAll = forAll;
            later.changed.addAll(changed);
            later.failures = failures + 1;
        }
        opened.forEach((userId, attempts) -> {
            if (attempts < maxFailures) {
                later.openedFor(userId, attempts + 1);
            }
        });
        return later;
    }

    /** The request has ended; what it could not show is added to these updates. */
    void requestEnded(PendingUpdates other) {
        requestInFlight = false;
        forAll |= other.forAll;
        changed.addAll(other.changed);
        failures = Math.max(failures, other.failures);
        other.opened.forEach(this::openedFor);
        if (!other.isEmpty()) {
            since = older(since, requestedSince);
        }
        requestedSince = null;
    }

    /** The highest number of attempts for any of these updates. */
    int attempts() {
        return Math.max(
                failures,
                opened.values().stream().mapToInt(Integer::intValue).max().orElse(0));
    }

    boolean isForAll() {
        return forAll;
    }

    Set<String> changed() {
        return changed;
    }

    Map<String, Integer> opened() {
        return opened;
    }

    public boolean isEmpty() {
        return !forAll && changed.isEmpty() && opened.isEmpty();
    }
}
