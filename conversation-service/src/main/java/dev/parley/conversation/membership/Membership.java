package dev.parley.conversation.membership;

import dev.parley.events.Participant.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Somebody's part in a conversation. It outlasts the leaving: what was seen as a member can still be seen.
 *
 * @param id conversation id and user id in one
 * @param approved whether the membership counts; surfaces that ask for approval set it later
 * @param permissions what surfaces with named permissions grant, such as {@code write}
 * @param windows the stretches of the conversation that the member may see, oldest first; the last is open while active
 * @param active whether the user is a member now
 */
@Document(Memberships.COLLECTION)
public record Membership(
        @Id String id,
        String tenantId,
        String conversationId,
        String userId,
        Role role,
        boolean approved,
        List<String> permissions,
        List<Window> windows,
        boolean active,
        Instant joinedAt) {

    /**
     * A stretch of a conversation, by {@code seq}, both ends included.
     *
     * @param toSeq null while it is open
     */
    public record Window(long fromSeq, @Nullable Long toSeq) {}

    static String id(String conversationId, String userId) {
        return conversationId + "/" + userId;
    }
}
