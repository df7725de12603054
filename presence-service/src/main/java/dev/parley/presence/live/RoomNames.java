package dev.parley.presence.live;

/** The rooms that sockets are in. */
public final class RoomNames {

    private RoomNames() {}

    /** All devices of a user. */
    public static String ofUser(String tenantId, String userId) {
        return "user:" + tenantId + ":" + userId;
    }

    /** All devices of all members of a conversation. */
    public static String ofConversation(String conversationId) {
        return "conversation:" + conversationId;
    }
}
