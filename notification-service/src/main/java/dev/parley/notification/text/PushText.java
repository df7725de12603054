package dev.parley.notification.text;

/** What a push shows. */
public record PushText(String title, String body) {}
