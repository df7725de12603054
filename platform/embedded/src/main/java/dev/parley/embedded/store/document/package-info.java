/** Turns documents into bytes and back, and finds the values at a path in them. */
@NullMarked
package dev.parley.embedded.store.document;

import org.jspecify.annotations.NullMarked;
