/** Defines indexes, and computes the keys of a document in an index. */
@NullMarked
package dev.parley.embedded.store.index;

import org.jspecify.annotations.NullMarked;
