/** Connects the stored tables with the library's collections: updates them under one lock, creates, drops and expires. */
@NullMarked
package dev.parley.embedded.store.collection;

import org.jspecify.annotations.NullMarked;
