/** How a store runs: its folder, port, memory, and when a write counts as stored. */
@NullMarked
package dev.parley.embedded.store.settings;

import org.jspecify.annotations.NullMarked;
