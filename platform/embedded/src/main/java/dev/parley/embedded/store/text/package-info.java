/** Splits texts and searches into terms, and checks whether a text matches a search. */
@NullMarked
package dev.parley.embedded.store.text;

import org.jspecify.annotations.NullMarked;
