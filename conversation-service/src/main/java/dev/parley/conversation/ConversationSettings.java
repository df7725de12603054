package dev.parley.conversation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of conversation-service.
 *
 * @param maxParticipants members of one group
 * @param maxFirstParticipants members that a group can be created with, its creator included; more can be added afterwards.
 *     The event that tells of a new group names them all and must fit into a Kafka record
 * @param maxRoster participants that a conversation names in lists; all of them are in its list of members
 * @param maxNameLength characters (UTF-16 units)
 * @param maxDescriptionLength characters (UTF-16 units)
 * @param editWindow how long after sending a message can be edited, where a conversation does not say otherwise
 * @param deleteWindow how long after sending its sender can delete a message for everyone, where a conversation does not
 *     say otherwise
 * @param fileUrl where clients find a file; {@code {fileId}} stands for its id
 */
@ConfigurationProperties("parley.conversation")
public record ConversationSettings(
        @DefaultValue("10000") int maxParticipants,
        @DefaultValue("2000") int maxFirstParticipants,
        @DefaultValue("100") int maxRoster,
        @DefaultValue("100") int maxNameLength,
        @DefaultValue("1000") int maxDescriptionLength,
        @DefaultValue("900s") Duration editWindow,
        @DefaultValue("1800s") Duration deleteWindow,

        @DefaultValue("/api/v1/storage/files/{fileId}/content")
        String fileUrl) {

    public ConversationSettings {
        if (maxParticipants < 2
                || maxFirstParticipants < 2
                || maxRoster < 2
                || maxNameLength < 1
                || maxDescriptionLength < 0) {
            throw new IllegalArgumentException("The limits of parley.conversation are too small");
        }
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
