/** Finds out which messages reached a device of a recipient, and reports it to conversation-service. */
@NullMarked
package dev.parley.presence.delivery;

import org.jspecify.annotations.NullMarked;
