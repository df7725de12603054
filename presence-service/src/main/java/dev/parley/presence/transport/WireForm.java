package dev.parley.presence.transport;

/**
 * How one kind of client reads an event. Recipients that share an instance receive the same bytes: an event is encoded once
 * for each instance. This is only a marker; each protocol has its own type with its own methods.
 */
public interface WireForm {}
