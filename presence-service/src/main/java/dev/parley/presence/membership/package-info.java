/** Keeps track of which users are members of which conversation, and which devices listen to it. */
@NullMarked
package dev.parley.presence.membership;

import org.jspecify.annotations.NullMarked;
