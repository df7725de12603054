package dev.parley.gateway.clientconfig;

import dev.parley.platform.settings.SettingsCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What clients are told about this installation.
 *
 * @param maxPinnedConversations how many conversations a user may pin, as conversation-service allows
 * @param maxTextLength characters (code points) of the text of a message, as message-service allows
 * @param authMode where users come from: {@code builtin} means that auth-service keeps them
 */
@ConfigurationProperties("parley.client-settings")
record ClientConfigSettings(
        @DefaultValue("5") int maxPinnedConversations,
        @DefaultValue("10000") int maxTextLength,
        @DefaultValue("builtin") String authMode) {

    ClientConfigSettings {
        SettingsCheck.of("parley.client-settings")
                .notNegative("max-pinned-conversations", maxPinnedConversations)
                .positive("max-text-length", maxTextLength)
                .given("auth-mode", authMode);
    }
}
