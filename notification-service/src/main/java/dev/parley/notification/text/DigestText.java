package dev.parley.notification.text;

/** What an e-mail about unread messages says, twice: as plain text and as HTML. */
public record DigestText(String subject, String plain, String html) {}
