/** Measures how long work takes, by its outcome. */
package dev.parley.platform.metrics;
