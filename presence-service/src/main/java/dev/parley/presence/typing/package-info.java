/** Keeps and tells who is typing where. */
@NullMarked
package dev.parley.presence.typing;

import org.jspecify.annotations.NullMarked;
