/** Collects the newest value of each key for a moment and hands the values on in batches. */
package dev.parley.platform.batch;
