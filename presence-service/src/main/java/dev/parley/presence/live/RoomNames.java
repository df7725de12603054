package dev.parley.presence.live;

import java.util.Optional;

/** The rooms that sockets are in. */
public final class RoomNames {

    private static final String MEMBERS = "members:";
    private static final String ONLINE = "online:";
    private static final String CONVERSATION = "conversation:";

    /** All devices that listen to the stream of what happens. */
    public static final String LISTENERS = "listeners";

    private RoomNames() {}

    /** All devices of a user, and the user's {@link Present} and {@link OnlineUser}. */
    public static String ofUser(String tenantId, String userId) {
        return "user:" + tenantId + ":" + userId;
    }

    /** The devices of a conversation's members that listen to it. */
    public static String ofConversation(String conversationId) {
        return CONVERSATION + conversationId;
    }

    /** The conversation that a room of {@link #ofConversation} belongs to. */
    public static Optional<String> conversationOf(String room) {
        return room.startsWith(CONVERSATION) ? Optional.of(room.substring(CONVERSATION.length())) : Optional.empty();
    }

    /** The members of a conversation who are there: a {@link Present} for each, whether a device listens or not. */
    static String ofMembers(String conversationId) {
        return MEMBERS + conversationId;
    }

    /** The conversation that a room of {@link #ofMembers} belongs to. */
    static Optional<String> conversationOfMembers(String room) {
        return room.startsWith(MEMBERS) ? Optional.of(room.substring(MEMBERS.length())) : Optional.empty();
    }

    /** The members of a conversation who are online at any node: an {@link OnlineUser} for each. */
    static String ofOnline(String conversationId) {
        return ONLINE + conversationId;
    }

    /** The conversation that a room of {@link #ofOnline} belongs to. */
    static Optional<String> conversationOfOnline(String room) {
        return room.startsWith(ONLINE) ? Optional.of(room.substring(ONLINE.length())) : Optional.empty();
    }
}
