/** Keeps ordered keys in files by RocksDB: batches, snapshots, scans of key ranges, and the sync of the log. */
@NullMarked
package dev.parley.embedded.store.storage;

import org.jspecify.annotations.NullMarked;
