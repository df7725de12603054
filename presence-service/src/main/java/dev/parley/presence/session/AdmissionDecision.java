package dev.parley.presence.session;

import dev.parley.platform.error.ApiException;

/** The answer to a client that wants to connect. */
public sealed interface AdmissionDecision {

    /** It is let in: {@link Sessions#start} begins its session. */
    record Admitted(Session session) implements AdmissionDecision {}

    /** It did something wrong. A client that is refused does not come again by itself. */
    record Refused(ApiException reason) implements AdmissionDecision {}

    /** It did nothing wrong, and is to come again by itself: its connection is closed with {@code TRY_LATER}. */
    record Postponed() implements AdmissionDecision {}
}
