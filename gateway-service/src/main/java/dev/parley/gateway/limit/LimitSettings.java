package dev.parley.gateway.limit;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large what a client sends may be, and how long it may take to send a body.
 *
 * @param body a request's body
 * @param upload a request's body that is a file
 * @param socketFrame a WebSocket message
 * @param discard how much more than the limit the gateway reads and throws away, so that the client can read why it was
 *     refused
 * @param discardTime how long it does so
 * @param bodyTime from the head of a request to the end of its body, unless it is a file
 * @param transferIdle how long nothing of a file may come from a client, or go to it: as long as something does, a file may take
 *     any time
 */
@ConfigurationProperties("parley.gateway.limits")
public record LimitSettings(
        @DefaultValue("1MB") DataSize body,
        @DefaultValue("100MB") DataSize upload,
        @DefaultValue("1MB") DataSize socketFrame,
        @DefaultValue("8MB") DataSize discard,
        @DefaultValue("5s") Duration discardTime,
        @DefaultValue("15s") Duration bodyTime,
        @DefaultValue("30s") Duration transferIdle) {

    public LimitSettings {
        SettingsCheck.of("parley.gateway.limits")
                .positive("body", body.toBytes())
                .positive("upload", upload.toBytes())
                .positive("socket-frame", socketFrame.toBytes())
                .require(socketFrame.toBytes() <= Integer.MAX_VALUE, "socket-frame", "must be less than 2 GB")
                .notNegative("discard", discard.toBytes())
                .notNegative("discard-time", discardTime)
                .atLeastAMillisecond("body-time", bodyTime)
                .atLeastAMillisecond("transfer-idle", transferIdle);
    }
}
