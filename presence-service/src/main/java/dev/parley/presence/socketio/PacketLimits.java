package dev.parley.presence.socketio;

import dev.parley.platform.settings.SettingsCheck;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large the packets of clients may be. The connection of a client that sends a larger one is closed.
 *
 * @param maxUnadmitted bytes of one packet, and of all early events together, of a client that is not admitted to a
 *     namespace yet
 * @param maxTokens tokens in the JSON of one packet: names, values, and the beginning and the end of each object and list
 * @param maxDepth how deep the objects and lists in the JSON of one packet may be nested
 */
public record PacketLimits(
        @DefaultValue("16KB") DataSize maxUnadmitted,
        @DefaultValue("20000") int maxTokens,
        @DefaultValue("128") int maxDepth) {

    public PacketLimits {
        SettingsCheck.of("parley.presence.socket-io.packets")
                .positive("max-unadmitted", maxUnadmitted.toBytes())
                .require(maxUnadmitted.toBytes() <= Integer.MAX_VALUE, "max-unadmitted", "must be less than 2 GB")
                .positive("max-tokens", maxTokens)
                .positive("max-depth", maxDepth);
    }

    public static PacketLimits defaults() {
        return new PacketLimits(DataSize.ofKilobytes(16), 20_000, 128);
    }

    int maxUnadmittedBytes() {
        return (int) maxUnadmitted.toBytes();
    }
}
