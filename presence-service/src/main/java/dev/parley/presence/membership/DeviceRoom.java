package dev.parley.presence.membership;

import dev.parley.presence.device.UserKey;

/** A room of devices. */
public sealed interface DeviceRoom {

    /** All devices of a user. */
    record OfUser(UserKey user) implements DeviceRoom {}

    /** The devices that listen to a conversation; their users are members of it. */
    record OfConversation(String conversationId) implements DeviceRoom {}

    static DeviceRoom ofUser(UserKey user) {
        return new OfUser(user);
    }

    static DeviceRoom ofUser(String tenantId, String userId) {
        return new OfUser(new UserKey(tenantId, userId));
    }

    static DeviceRoom ofConversation(String conversationId) {
        return new OfConversation(conversationId);
    }
}
