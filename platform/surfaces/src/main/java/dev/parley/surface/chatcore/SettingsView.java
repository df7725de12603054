package dev.parley.surface.chatcore;

/**
 * The rules of a conversation.
 *
 * @param historyVisibleToNewMembers whether members see what was written before they came
 */
public record SettingsView(
        boolean onlyAdminsCanMessage,
        boolean onlyAdminsCanAddMembers,
        boolean historyVisibleToNewMembers,
        MessageConfig messageConfig) {

    /** How long after sending it a message can be changed by its sender, in seconds. */
    public record MessageConfig(long editWindowSeconds, long deleteWindowSeconds) {}
}
