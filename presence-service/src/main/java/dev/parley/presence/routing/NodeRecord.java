package dev.parley.presence.routing;

/** A node lives and reads a partition of the inboxes. */
record NodeRecord(String node, int inbox) {}
