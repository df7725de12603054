package dev.parley.presence.update;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the members of one conversation are yet to be told. Not safe for threads. */
public final class PendingUpdates {

    private final String tenantId;
    private boolean everybody;
    private final Set<String> changed = new HashSet<>();

    /** How often it was tried in vain to tell of the change. */
    private int failures;

    /** Those in whose lists the conversation is new, with how often they were looked for in vain. */
    private final Map<String, Integer> opened = new HashMap<>();

    /** Whether it gathers while an answer is under way, which may be older. */
    private boolean asked;

    public PendingUpdates(String tenantId) {
        this.tenantId = tenantId;
    }

    static PendingUpdates whileAsked(String tenantId) {
        PendingUpdates pending = new PendingUpdates(tenantId);
        pending.asked = true;
        return pending;
    }

    boolean isAsked() {
        return asked;
    }

    String tenantId() {
        return tenantId;
    }

    void changedForAll() {
        everybody = true;
    }

    void changedFor(String userId) {
        changed.add(userId);
    }

    public void openedFor(String userId, int attempts) {
        opened.merge(userId, attempts, Math::min);
    }

    /** What is still to be told after it failed, without those for whom that was the last time. */
    PendingUpdates afterFailure(int maxFailures) {
        PendingUpdates later = new PendingUpdates(tenantId);
        if (failures < maxFailures && (everybody || !changed.isEmpty())) {
            later.everybody = everybody;
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

    /** The answer has been told. What is left of it is to be told too. */
    void answered(PendingUpdates other) {
        asked = false;
        everybody |= other.everybody;
        changed.addAll(other.changed);
        failures = Math.max(failures, other.failures);
        other.opened.forEach(this::openedFor);
    }

    /** How often it was tried to tell any of it. */
    int attempts() {
        return Math.max(
                failures,
                opened.values().stream().mapToInt(Integer::intValue).max().orElse(0));
    }

    boolean isForAll() {
        return everybody;
    }

    Set<String> changed() {
        return changed;
    }

    Map<String, Integer> opened() {
        return opened;
    }

    public boolean isEmpty() {
        return !everybody && changed.isEmpty() && opened.isEmpty();
    }
}
