/** The store's own errors, with MongoDB's codes. */
@NullMarked
package dev.parley.embedded.store.error;

import org.jspecify.annotations.NullMarked;
