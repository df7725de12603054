package dev.parley.presence.update;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

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

    public PendingUpdates(String tenantId) {
        this.tenantId = tenantId;
    }

    static PendingUpdates duringRequest(String tenantId) {
        PendingUpdates pending = new PendingUpdates(tenantId);
        pending.requestInFlight = true;
        return pending;
    }

    boolean isRequestInFlight() {
        return requestInFlight;
    }

    String tenantId() {
        return tenantId;
    }

    void changedForAll() {
        forAll = true;
    }

    void changedFor(String userId) {
        changed.add(userId);
    }

    public void openedFor(String userId, int attempts) {
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
