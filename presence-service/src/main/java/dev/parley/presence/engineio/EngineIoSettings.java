package dev.parley.presence.engineio;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How sessions are held.
 *
 * @param pingInterval how long after the opening or a pong the next ping is sent
 * @param pingTimeout how long after a ping a session without a pong is closed
 * @param upgradeTimeout how long a WebSocket may take to complete an upgrade
 * @param maxPayload bytes in one incoming WebSocket message or one posted payload
 * @param maxPacketsPerPayload packets in one posted payload
 */
public record EngineIoSettings(
        @DefaultValue("25s") Duration pingInterval,
        @DefaultValue("20s") Duration pingTimeout,
        @DefaultValue("10s") Duration upgradeTimeout,
        @DefaultValue("1000000B") DataSize maxPayload,
        @DefaultValue("256") int maxPacketsPerPayload) {

    public EngineIoSettings {
        SettingsCheck.of("parley.presence.socket-io.engine")
                .positive("ping-interval", pingInterval)
                .positive("ping-timeout", pingTimeout)
                .positive("upgrade-timeout", upgradeTimeout)
                .positive("max-payload", maxPayload.toBytes())
                .require(maxPayload.toBytes() <= Integer.MAX_VALUE, "max-payload", "must be less than 2 GB")
                .positive("max-packets-per-payload", maxPacketsPerPayload);
    }

    public static EngineIoSettings defaults() {
        return new EngineIoSettings(
                Duration.ofSeconds(25),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                DataSize.ofBytes(1_000_000),
                256);
    }

    public EngineIoSettings withHeartbeat(Duration pingInterval, Duration pingTimeout) {
        return new EngineIoSettings(pingInterval, pingTimeout, upgradeTimeout, maxPayload, maxPacketsPerPayload);
    }

    public EngineIoSettings withInbound(DataSize maxPayload, int maxPacketsPerPayload) {
        return new EngineIoSettings(pingInterval, pingTimeout, upgradeTimeout, maxPayload, maxPacketsPerPayload);
    }

    public EngineIoSettings withUpgradeTimeout(Duration upgradeTimeout) {
        return new EngineIoSettings(pingInterval, pingTimeout, upgradeTimeout, maxPayload, maxPacketsPerPayload);
    }

    int maxPayloadBytes() {
        return (int) maxPayload.toBytes();
    }
}
