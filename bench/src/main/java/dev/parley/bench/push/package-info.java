/** Measures what a message to many devices costs, and how quickly a backlog of events is worked off. */
@NullMarked
package dev.parley.bench.push;

import org.jspecify.annotations.NullMarked;
