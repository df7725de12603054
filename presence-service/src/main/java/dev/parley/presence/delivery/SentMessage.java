package dev.parley.presence.delivery;

import dev.parley.events.MessageSnapshot;

/** The position of a message that devices are sent. */
public record SentMessage(String tenantId, String conversationId, long seq) {

    public static SentMessage of(MessageSnapshot message) {
        return new SentMessage(message.tenantId(), message.conversationId(), message.seq());
    }
}
