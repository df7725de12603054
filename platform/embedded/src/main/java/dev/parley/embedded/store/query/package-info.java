/** Plans queries, runs them on a table, and sorts and counts the results. */
@NullMarked
package dev.parley.embedded.store.query;

import org.jspecify.annotations.NullMarked;
