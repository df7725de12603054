package dev.parley.presence.stream;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How clients that reconnect are sent what they missed.
 *
 * @param horizon how long a client may be away
 * @param maxBytes how much memory the events of that time may take; if there are more, clients may be away for less time
 * @param positionInterval how often clients are sent their stream offset, so that clients that are sent nothing else can
 *     reconnect
 * @param maxWait how long a client waits for a node that has not yet read what the client was already sent
 * @param maxMissed how many messages of a conversation a client may request with {@code get_missed} before it must reload
 * @param catchUpTimeout how long clients wait for a node that has just started to read the recent events
 * @param maxClockSkew how far the clocks of two nodes may differ
 * @param maxStall how long a client may take nothing of what it missed before it is disconnected
 * @param maxConcurrentAnnouncements how many new conversations are requested at a time for one client that reconnects
 * @param announcementTimeout how long one of these requests may take, and how long the missed messages wait for them
 */
public record RecoverySettings(
        @DefaultValue("2m") Duration horizon,
        @DefaultValue("64MB") DataSize maxBytes,
        @DefaultValue("30s") Duration positionInterval,
        @DefaultValue("10s") Duration maxWait,
        @DefaultValue("5000") int maxMissed,
        @DefaultValue("20s") Duration catchUpTimeout,
        @DefaultValue("30s") Duration maxClockSkew,
        @DefaultValue("30s") Duration maxStall,
        @DefaultValue("8") int maxConcurrentAnnouncements,
        @DefaultValue("5s") Duration announcementTimeout) {

    /**
     * Except for rare failures, events are repeated at most this long after the first time. Events are also kept a little
     * longer than clients may be away.
     */
    private static final Duration MAX_REPETITION_DELAY = Duration.ofMinutes(2);

    public RecoverySettings {
        SettingsCheck.of("parley.presence.recovery")
                .positive("horizon", horizon)
                .positive("max-bytes", maxBytes.toBytes())
                .positive("position-interval", positionInterval)
                .positive("max-wait", maxWait)
                .positive("max-missed", maxMissed)
                .positive("catch-up-timeout", catchUpTimeout)
                .notNegative("max-clock-skew", maxClockSkew)
                .positive("max-stall", maxStall)
                .positive("max-concurrent-announcements", maxConcurrentAnnouncements)
                .positive("announcement-timeout", announcementTimeout);
    }

    /** How long events are kept: the offset of a client may be from a while before it disconnected. */
    public Duration retention() {
        return horizon.plus(positionInterval);
    }

    /** How far back a node reads when it starts: far enough to recognise repetitions among the events that it keeps. */
    public Duration lookBack() {
        return retention().plus(MAX_REPETITION_DELAY);
    }
}
