/** Finds out which nodes of presence-service are alive, and who is online at any of them. */
@NullMarked
package dev.parley.presence.cluster;

import org.jspecify.annotations.NullMarked;
