package dev.parley.presence.session;

import dev.parley.platform.settings.SettingsCheck;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How sessions begin.
 *
 * @param maxConcurrentLookups for how many connecting clients at a time conversation-service is asked for their
 *     conversations
 * @param maxOnlineUsers how many online users a client is told about when it connects
 */
public record SessionSettings(
        @DefaultValue("150") int maxConcurrentLookups,
        @DefaultValue("10000") int maxOnlineUsers) {

    public SessionSettings {
        SettingsCheck.of("parley.presence.session")
                .positive("max-concurrent-lookups", maxConcurrentLookups)
                .notNegative("max-online-users", maxOnlineUsers);
    }
}
