/** A service limits here how often somebody may do something, with token buckets. */
package dev.parley.platform.limit;
