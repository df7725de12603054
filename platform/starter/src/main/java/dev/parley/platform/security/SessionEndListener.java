package dev.parley.platform.security;

import dev.parley.events.SessionEnded;

/** Has something to do when a sign-in ends. */
@FunctionalInterface
public interface SessionEndListener {

    /** Its tokens are refused already. Also called for sign-ins that ended before the service started. */
    void ended(SessionEnded session);
}
