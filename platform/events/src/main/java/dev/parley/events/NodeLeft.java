package dev.parley.events;

import java.time.Instant;

/** A node stops. Its clients connect to others. */
public record NodeLeft(String nodeId, Instant at) implements NodeEvent {}
