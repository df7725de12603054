package dev.parley.events;

/** A message that a receipt is about, and who waits for the receipt. */
public record ReceivedMessage(String messageId, long seq, String senderId) {}
