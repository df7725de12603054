/** Tells users which groups they are asked to join, and those who ask what was answered. */
@NullMarked
package dev.parley.presence.invitation;

import org.jspecify.annotations.NullMarked;
