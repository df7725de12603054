/** Splits a query's filter into conditions on paths, and conditions into ranges of encoded values. */
@NullMarked
package dev.parley.embedded.store.filter;

import org.jspecify.annotations.NullMarked;
