/** Measures how long the work of a capability takes, by its outcome. */
package dev.parley.message.metrics;
