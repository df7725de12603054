/** Encodes values as bytes that compare as MongoDB compares the values. */
@NullMarked
package dev.parley.embedded.store.key;

import org.jspecify.annotations.NullMarked;
