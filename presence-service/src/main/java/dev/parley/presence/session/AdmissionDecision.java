package dev.parley.presence.session;

import dev.parley.platform.error.ApiException;

/** The answer to a client that wants to connect. */
public sealed interface AdmissionDecision {

    /** The client is admitted: {@link DeviceSessions#start} begins its session. */
    record Admitted(DeviceSession session) implements AdmissionDecision {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.admitted(session);
        }
    }

    /** The client did something wrong. A client that is refused does not come back by itself. */
    record Refused(ApiException reason) implements AdmissionDecision {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.refused(reason);
        }
    }

    /** The client did nothing wrong and must try again: its connection is closed with {@code TRY_LATER}. */
    record Postponed() implements AdmissionDecision {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.postponed();
        }
    }

    <R> R accept(Visitor<R> visitor);

    /** One case for each decision. */
    interface Visitor<R> {
        R admitted(DeviceSession session);

        R refused(ApiException reason);

        R postponed();
    }
}
