/** Routes each conversation event to the nodes that have users whom it concerns, in place of every node reading everything. */
@NullMarked
package dev.parley.presence.routing;

import org.jspecify.annotations.NullMarked;
