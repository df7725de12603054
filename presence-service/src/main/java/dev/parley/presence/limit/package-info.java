/** Limits how often a user may connect and send commands, and how many actions run at a time. */
@NullMarked
package dev.parley.presence.limit;

import org.jspecify.annotations.NullMarked;
