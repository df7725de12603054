/** Collects which users see a conversation differently, and shows it to them at the right time. */
@NullMarked
package dev.parley.presence.update;

import org.jspecify.annotations.NullMarked;
