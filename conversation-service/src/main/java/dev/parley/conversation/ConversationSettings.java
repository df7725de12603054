package dev.parley.conversation;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of conversation-service.
 *
 * @param maxParticipants members of one group, its creator included; the event that tells of a new group names them all
 *     and must fit into a Kafka record
 * @param maxRoster participants that a conversation names in lists; all of them are in its list of members
 * @param maxNameLength characters (UTF-16 units)
 * @param maxDescriptionLength characters (UTF-16 units)
 */
@ConfigurationProperties("parley.conversation")
public record ConversationSettings(
        @DefaultValue("2000") int maxParticipants,
        @DefaultValue("100") int maxRoster,
        @DefaultValue("100") int maxNameLength,
        @DefaultValue("1000") int maxDescriptionLength) {

    public ConversationSettings {
        if (maxParticipants < 2 || maxRoster < 2 || maxNameLength < 1 || maxDescriptionLength < 0) {
            throw new IllegalArgumentException("The limits of parley.conversation are too small");
        }
    }
}
