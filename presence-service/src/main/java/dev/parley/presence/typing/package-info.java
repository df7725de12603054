/** Keeps track of who is typing where, and shows it. */
@NullMarked
package dev.parley.presence.typing;

import org.jspecify.annotations.NullMarked;
