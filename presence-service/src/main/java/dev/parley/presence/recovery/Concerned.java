package dev.parley.presence.recovery;

import dev.parley.events.Block;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationEvent;
import dev.parley.events.ConversationReturned;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageHidden;
import dev.parley.events.ReceiptRead;
import java.util.List;
import java.util.stream.Stream;

/** Whom an event concerns, whether they are members at the time or not. */
public final class Concerned {

    /** What an event means for somebody's membership. */
    public enum Turn {
        COMES,
        GOES,
        NONE
    }

    private Concerned() {}

    /** The keys of the users. */
    static List<String> by(ConversationEvent event) {
        if (event instanceof MessageCreated created) {
            return keys(
                    created.message().tenantId(),
                    created.message().notice().map(Concerned::members).orElse(List.of()));
        } else if (event instanceof ConversationCreated created) {
            return keys(
                    created.tenantId(),
                    created.participants().stream()
                            .map(participant -> participant.user().id())
                            .toList());
        } else if (event instanceof ConversationReturned returned) {
            return keys(returned.tenantId(), returned.userIds());
        } else if (event instanceof ConversationDeleted deleted) {
            String userId = deleted.userId();
            return keys(deleted.tenantId(), userId == null ? deleted.memberIds() : List.of(userId));
        } else if (event instanceof MessageHidden hidden) {
            return keys(hidden.tenantId(), List.of(hidden.userId()));
        } else if (event instanceof ReceiptRead read) {
            return keys(read.tenantId(), List.of(read.userId()));
        } else if (event instanceof ConversationUpdated updated) {
            return keys(updated.tenantId(), Stream.ofNullable(updated.userId()).toList());
        }
        return List.of();
    }

    private static List<String> keys(String tenantId, List<String> userIds) {
        return userIds.stream().distinct().map(userId -> key(tenantId, userId)).toList();
    }

    static String key(String tenantId, String userId) {
        return tenantId + "/" + userId;
    }

    /** What becomes of a user's membership with an event that concerns the user. */
    public static Turn turn(ConversationEvent event, String userId) {
        if (event instanceof ConversationCreated) {
            return Turn.COMES;
        } else if (event instanceof ConversationDeleted deleted) {
            return deleted.userId() == null ? Turn.GOES : Turn.NONE;
        } else if (event instanceof MessageCreated created) {
            return created.message()
                    .notice()
                    .filter(notice -> members(notice).contains(userId))
                    .map(notice -> switch (notice.kind()) {
                        case MEMBERS_ADDED -> Turn.COMES;
                        case MEMBER_REMOVED, MEMBER_LEFT -> Turn.GOES;
                        case ROLE_CHANGED -> Turn.NONE;
                    })
                    .orElse(Turn.NONE);
        }
        return Turn.NONE;
    }

    /** Whether a conversation comes into the list of a user with an event that concerns the user. */
    static boolean isOpening(ConversationEvent event, String userId) {
        return event instanceof ConversationReturned || turn(event, userId) == Turn.COMES;
    }

    private static List<String> members(Block.Notice notice) {
        return notice.members().stream().map(member -> member.user().id()).toList();
    }
}
