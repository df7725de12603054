package dev.parley.presence.transport;

/**
 * How one kind of client reads an event. Recipients that share one instance get the same bytes: an event is encoded
 * once for each instance. A mark only; each protocol brings its own type with its own methods.
 */
public interface WireForm {}
