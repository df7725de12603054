/** Measures the embedded store by itself. */
@NullMarked
package dev.parley.bench.store;

import org.jspecify.annotations.NullMarked;
