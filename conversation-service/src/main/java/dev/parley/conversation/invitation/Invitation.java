package dev.parley.conversation.invitation;

import dev.parley.events.Participant.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Somebody is asked to become a member of a group. The membership begins when the one who is asked accepts; until then
 * there is none, or the former one stays as it is.
 *
 * @param id conversation id and user id in one
 * @param invitedBy who asks; in this user's name the other one is added
 * @param role that the new member has
 * @param declinedAt when the one who was asked declined; null while the invitation is open
 */
@Document(InvitationStore.COLLECTION)
public record Invitation(
        @Id String id,
        String tenantId,
        String conversationId,
        String userId,
        String invitedBy,
        Role role,
        Instant invitedAt,
        @Nullable Instant declinedAt) {

    boolean isOpen() {
        return declinedAt == null;
    }

    static String id(String conversationId, String userId) {
        return conversationId + "/" + userId;
    }
}
