/** Answers the other services of the platform. */
@NullMarked
package dev.parley.presence.internal;

import org.jspecify.annotations.NullMarked;
