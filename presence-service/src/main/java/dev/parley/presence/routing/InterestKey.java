package dev.parley.presence.routing;

import dev.parley.presence.device.UserKey;

/** Names the record of a user at a node. */
record InterestKey(String node, String tenantId, String userId) {

    static InterestKey of(String node, UserKey user) {
        return new InterestKey(node, user.tenantId(), user.userId());
    }

    UserKey user() {
        return new UserKey(tenantId, userId);
    }
}
