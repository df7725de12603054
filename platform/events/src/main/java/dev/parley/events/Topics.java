package dev.parley.events;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Kafka topics. Each consumer group also has a dead-letter topic, {@code <topic>.<group>.dead}. */
public final class Topics {

    /** Everything that happens in conversations, keyed by conversation id. */
    public static final String CONVERSATIONS = "parley.conversations";

    /** The state of users, keyed by user id, compacted. */
    public static final String USERS = "parley.users";

    /** What users have chosen for themselves, keyed by user id, compacted. */
    public static final String PREFERENCES = "parley.preferences";

    /** Sign-ins that were ended, keyed by user id. */
    public static final String SESSIONS = "parley.sessions";

    /** How long {@link #SESSIONS} keeps a record: as long as an access token may live. */
    public static final Duration SESSIONS_RETENTION = Duration.ofDays(1);

    /** What becomes of invitations, for those who are connected, keyed by the id of who is asked. */
    public static final String INVITATIONS = "parley.invitations";

    /** How long {@link #INVITATIONS} keeps a record. */
    private static final Duration INVITATIONS_RETENTION = Duration.ofHours(1);

    /** What becomes of files, keyed by file id. */
    public static final String FILES = "parley.files";

    /** Typing and presence, keyed by user id, and what the nodes tell of themselves. */
    public static final String PRESENCE = "parley.presence";

    /** How long {@link #PRESENCE} keeps a record. */
    private static final Duration PRESENCE_RETENTION = Duration.ofMinutes(10);

    /**
     * @param retention how long a record is kept; null where compaction keeps the newest of each key
     */
    public record Spec(String name, @Nullable Duration retention) {

        public boolean compacted() {
            return retention == null;
        }
    }

    /** Every topic with what it must be created with. */
    public static final List<Spec> ALL = List.of(
            new Spec(CONVERSATIONS, Duration.ofDays(7)),
            new Spec(USERS, null),
            new Spec(PREFERENCES, null),
            new Spec(SESSIONS, SESSIONS_RETENTION),
            new Spec(INVITATIONS, INVITATIONS_RETENTION),
            new Spec(FILES, Duration.ofDays(7)),
            new Spec(PRESENCE, PRESENCE_RETENTION));

    private Topics() {}
}
