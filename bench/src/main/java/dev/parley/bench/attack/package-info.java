/** Measures what a user notices while a client from another address attacks the gateway. */
@NullMarked
package dev.parley.bench.attack;

import org.jspecify.annotations.NullMarked;
