/** What a client family gives to the realtime core, and what the core gives to it. */
@NullMarked
package dev.parley.presence.surface;

import org.jspecify.annotations.NullMarked;
