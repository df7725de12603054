/** Stores the documents of a collection together with their index entries and their count; builds, lists and validates indexes. */
@NullMarked
package dev.parley.embedded.store.table;

import org.jspecify.annotations.NullMarked;
