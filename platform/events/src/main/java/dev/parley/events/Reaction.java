package dev.parley.events;

import java.util.List;

/**
 * A reaction to a message.
 *
 * @param userIds who reacted so, each once, the first first
 */
public record Reaction(String emoji, List<String> userIds) {}
