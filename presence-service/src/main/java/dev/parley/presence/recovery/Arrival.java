package dev.parley.presence.recovery;

import java.util.Locale;
import java.util.Map;

/** How a client comes. Its {@code pid} is the name under which it may come back. */
public sealed interface Arrival {

    String pid();

    /** For the first time, or without saying that it was here before. */
    record Fresh(String pid) implements Arrival {}

    /**
     * It comes back, and can be told what it missed.
     *
     * @param from where it stands
     * @param fromSeqs of the conversations that its user has left since, as far as known: from which place on the user saw each
     */
    record Returned(String pid, StreamOffset from, Map<String, Long> fromSeqs) implements Arrival {}

    /** It comes back, and must reload. */
    record Lost(String pid, Reason reason) implements Arrival {}

    /** Why a client cannot be told what it missed. */
    enum Reason {
        /** More has happened, or longer ago, than is known here. */
        GONE_TOO_LONG,
        /** It gave no offset, or one that is none. */
        UNKNOWN_OFFSET,
        /** It was here as somebody else. */
        OTHER_USER,
        /** This node had not read as far in time as the client had been told elsewhere. */
        SERVER_BEHIND,
        /** What it missed could not be told. */
        FAILED;

        /** As clients and metrics name it. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
