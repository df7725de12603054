/** Measures what sending and listing cost when groups and lists grow. */
@NullMarked
package dev.parley.bench.scaling;

import org.jspecify.annotations.NullMarked;
