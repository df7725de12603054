package dev.parley.surface.chatcore;

import java.util.List;

/**
 * How far a message has come.
 *
 * @param status {@code sent}; {@code delivered} when it reached a device of a recipient; {@code read} when all recipients
 *     have read it
 * @param readBy who read it, without the sender; empty where a conversation is too large for names
 */
public record DeliveryView(String status, List<ReadByView> readBy) {

    /** Of a message that nobody got yet. */
    public static final DeliveryView SENT = new DeliveryView("sent", List.of());
}
