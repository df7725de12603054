/** Measures messages from one client's socket to another client's, through the whole platform. */
@NullMarked
package dev.parley.bench.endtoend;

import org.jspecify.annotations.NullMarked;
