package dev.parley.presence.transport;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What may wait for one client, and how writes are collected.
 *
 * @param maxPending bytes that may wait for one client before its session is closed as a slow reader
 * @param dropAbove bytes that wait before droppable messages are dropped
 * @param flushWindow how long an event loop under load collects writes before it flushes; an idle one flushes at once
 * @param flushesPerWindow how many sockets a loop may flush within one window before it counts as under load
 */
public record OutboundLimits(
        @DefaultValue("1MB") DataSize maxPending,
        @DefaultValue("256KB") DataSize dropAbove,
        @DefaultValue("20ms") Duration flushWindow,
        @DefaultValue("64") int flushesPerWindow) {

    public OutboundLimits {
        SettingsCheck.of("parley.presence.outbound")
                .positive("max-pending", maxPending.toBytes())
                .notNegative("drop-above", dropAbove.toBytes())
                .require(
                        dropAbove.compareTo(maxPending) <= 0,
                        "drop-above",
                        "must not be more than parley.presence.outbound.max-pending")
                .notNegative("flush-window", flushWindow)
                .notNegative("flushes-per-window", flushesPerWindow);
    }

    public static OutboundLimits defaults() {
        return new OutboundLimits(DataSize.ofMegabytes(1), DataSize.ofKilobytes(256), Duration.ofMillis(20), 64);
    }

    public OutboundLimits withPending(DataSize maxPending, DataSize dropAbove) {
        return new OutboundLimits(maxPending, dropAbove, flushWindow, flushesPerWindow);
    }
}
