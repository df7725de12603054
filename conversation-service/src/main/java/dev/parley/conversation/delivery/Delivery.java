package dev.parley.conversation.delivery;

import dev.parley.conversation.Membership;
import java.time.Instant;

/** Messages up to a {@code seq} reached a device of a user. */
public record Delivery(String conversationId, String tenantId, String userId, long seq, Instant at) {

    String membershipId() {
        return Membership.id(conversationId, userId);
    }

    /** The further one of two deliveries to the same member. */
    static Delivery further(Delivery one, Delivery other) {
        return one.seq() >= other.seq() ? one : other;
    }
}
