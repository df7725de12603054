/** Measures what a node of presence-service pays for what happens at other nodes. */
@NullMarked
package dev.parley.bench.capacity;

import org.jspecify.annotations.NullMarked;
