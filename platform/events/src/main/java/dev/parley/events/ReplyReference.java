package dev.parley.events;

/** The message that another one answers, as it was at that time. */
public record ReplyReference(String messageId, String senderName, String contentPreview) {}
