package dev.parley.conversation.delivery;

import dev.parley.conversation.Membership;
import java.time.Instant;

/** That messages up to a place reached a device of a user. */
public record Delivery(String conversationId, String tenantId, String userId, long seq, Instant at) {

    String membershipId() {
        return Membership.id(conversationId, userId);
    }

    /** Of two for one member the one that goes further. */
    static Delivery further(Delivery one, Delivery other) {
        return one.seq() >= other.seq() ? one : other;
    }
}
