/** Keeps track of the status of this node's users, who may see it, and when users were last seen. */
@NullMarked
package dev.parley.presence.online;

import org.jspecify.annotations.NullMarked;
