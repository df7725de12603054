package dev.parley.presence.routing;

import dev.parley.presence.device.UserKey;
import java.util.List;

/**
 * What a node tells of one of its users. A later record of the same user and node takes its place.
 *
 * @param node the id of the node
 * @param inbox the partition that it reads
 * @param conversationIds the conversations of the user whose events the node wants
 * @param missing the conversations whose recent events it also wants, as it had no interest in them
 * @param about whether it also wants the recent events about the user
 */
record InterestRecord(
        String node,
        int inbox,
        String tenantId,
        String userId,
        List<String> conversationIds,
        List<String> missing,
        boolean about) {

    UserKey user() {
        return new UserKey(tenantId, userId);
    }
}
