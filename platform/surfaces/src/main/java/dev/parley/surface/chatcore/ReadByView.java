package dev.parley.surface.chatcore;

import java.time.Instant;

/** Somebody who read a message. */
public record ReadByView(String userId, Instant readAt) {}
