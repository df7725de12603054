package dev.parley.presence.chatcore;

/** The same where a router decides which node is written an event. */
@Directed
class DirectedRandomCutsTest extends RandomCutsTest {}
