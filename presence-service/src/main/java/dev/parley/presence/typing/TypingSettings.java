package dev.parley.presence.typing;

import dev.parley.platform.settings.SettingsCheck;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many typing users are remembered.
 *
 * @param maxConversationsPerDevice in how many conversations one device can be typing at a time
 * @param maxConversations in how many conversations somebody can be typing at a time
 * @param maxUsersPerConversation how many users can be typing in one conversation at a time
 */
public record TypingSettings(
        @DefaultValue("16") int maxConversationsPerDevice,
        @DefaultValue("100000") int maxConversations,
        @DefaultValue("50") int maxUsersPerConversation) {

    public TypingSettings {
        SettingsCheck.of("parley.presence.typing")
                .positive("max-conversations-per-device", maxConversationsPerDevice)
                .positive("max-conversations", maxConversations)
                .positive("max-users-per-conversation", maxUsersPerConversation);
    }
}
