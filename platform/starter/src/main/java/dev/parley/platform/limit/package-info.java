/** A service limits here how often somebody may do something, with token buckets that all its instances may share. */
@NullMarked
package dev.parley.platform.limit;

import org.jspecify.annotations.NullMarked;
