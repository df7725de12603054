package dev.parley.presence.chatcore;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the members of one conversation are yet to be told. Not safe for threads. */
final class Pending {

    private final String tenantId;
    private boolean everybody;
    private final Set<String> changed = new HashSet<>();

    /** Those in whose lists the conversation is new, with how often they were looked for in vain. */
    private final Map<String, Integer> opened = new HashMap<>();

    Pending(String tenantId) {
        this.tenantId = tenantId;
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

    void openedFor(String userId, int attempts) {
        opened.merge(userId, attempts, Math::min);
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

    boolean isEmpty() {
        return !everybody && changed.isEmpty() && opened.isEmpty();
    }
}
