package dev.parley.events;

import java.time.Instant;

/** That a message is pinned in its conversation. */
public record Pin(String userId, Instant at) {}
