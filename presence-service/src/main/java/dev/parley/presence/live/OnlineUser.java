package dev.parley.presence.live;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a user's place in the rooms of {@link OnlineMembers} while the user is online, at whatever node. Nothing is sent to
 * it.
 */
record OnlineUser(String tenantId, String userId) implements Placeholder {

    @Override
    public String id() {
        return "online:" + tenantId + ":" + userId;
    }

    @Override
    public @Nullable Object owner() {
        return null;
    }
}
