package dev.parley.presence.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How clients that were away are told what they missed.
 *
 * @param horizon how long a client may be away
 * @param maxBytes what the events of that time may take; when there are more, clients may be away shorter
 * @param positionInterval how often clients are told where they stand, so that those who hear nothing else can come back, too
 * @param maxWait how long a client waits for a node that has not read as far as the client has been told
 * @param maxMissed how many messages of a conversation a client may ask for with {@code get_missed} before it has to reload
 */
public record RecoverySettings(
        @DefaultValue("2m") Duration horizon,
        @DefaultValue("64MB") DataSize maxBytes,
        @DefaultValue("30s") Duration positionInterval,
        @DefaultValue("10s") Duration maxWait,
        @DefaultValue("5000") int maxMissed) {

    /**
     * Events that are repeated come at most so much later than the first time, but for rare failures; and events are kept a
     * little longer than clients may be away.
     */
    private static final Duration REPETITIONS = Duration.ofMinutes(2);

    public RecoverySettings {
        if (!isPositive(horizon) || !isPositive(positionInterval) || !isPositive(maxWait)) {
            throw new IllegalArgumentException("horizon, positionInterval and maxWait must be positive");
        }
    }

    /** How long events are kept: a client that goes may have been told a while ago where it stands. */
    public Duration keep() {
        return horizon.plus(positionInterval);
    }

    /** How far back a node reads when it starts: also events whose repetitions may stand among those that it keeps. */
    public Duration lookBack() {
        return keep().plus(REPETITIONS);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
