package dev.parley.conversation;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of conversation-service.
 *
 * @param maxParticipants members of one group
 * @param maxFirstParticipants members that a group can be created with, its creator included; more can be added afterwards.
 *     The event that tells of a new group names them all and must fit into a Kafka record
 * @param maxRoster how many participants a conversation names wherever it is shown: the first by joining, beside them as many
 *     admins at most, and the one who sees it. All of them are in its list of members
 * @param maxNameLength characters (code points)
 * @param maxDescriptionLength characters (code points)
 * @param editWindow how long after sending a message can be edited, where a conversation does not say otherwise
 * @param deleteWindow how long after sending its sender can delete a message for everyone, where a conversation does not
 *     say otherwise
 */
@ConfigurationProperties("parley.conversation")
public record ConversationSettings(
        @DefaultValue("10000") int maxParticipants,
        @DefaultValue("2000") int maxFirstParticipants,
        @DefaultValue("256") int maxRoster,
        @DefaultValue("100") int maxNameLength,
        @DefaultValue("1000") int maxDescriptionLength,
        @DefaultValue("900s") Duration editWindow,
        @DefaultValue("1800s") Duration deleteWindow) {

    private static final String AT_LEAST_TWO = "must be at least 2";

    public ConversationSettings {
        SettingsCheck.of("parley.conversation")
                .require(maxParticipants >= 2, "max-participants", AT_LEAST_TWO)
                .require(maxFirstParticipants >= 2, "max-first-participants", AT_LEAST_TWO)
                .require(maxRoster >= 2, "max-roster", AT_LEAST_TWO)
                .positive("max-name-length", maxNameLength)
                .notNegative("max-description-length", maxDescriptionLength)
                .notNegative("edit-window", editWindow)
                .notNegative("delete-window", deleteWindow);
    }

    /** The rules of a new conversation. */
    public Conversation.Settings initial() {
        return new Conversation.Settings(false, false, false, editWindow.toSeconds(), deleteWindow.toSeconds());
    }

    /** Members that a group can be created with, its creator included. */
    public int maxParticipantsAtFirst() {
        return Math.min(maxParticipants, maxFirstParticipants);
    }
}
