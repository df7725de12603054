/** Collects for whom the view of a conversation changed, and has it shown at the right time. */
@NullMarked
package dev.parley.presence.update;

import org.jspecify.annotations.NullMarked;
