package dev.parley.presence.routing;

import org.jspecify.annotations.Nullable;

/** As what this process is known to the routers now. Safe for any thread. */
final class CurrentNode {

    private volatile @Nullable NodeRecord node;

    void is(@Nullable NodeRecord now) {
        node = now;
    }

    /** Null while it reads no inbox. */
    @Nullable NodeRecord get() {
        return node;
    }
}
