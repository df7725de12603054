/** Handles each connection from its admission to its end: admits it, sends what it missed, runs its commands. */
@NullMarked
package dev.parley.presence.session;

import org.jspecify.annotations.NullMarked;
