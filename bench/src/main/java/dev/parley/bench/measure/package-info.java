/** Measures: child processes with their CPU time and memory, latencies, and the load of the machine. */
@NullMarked
package dev.parley.bench.measure;

import org.jspecify.annotations.NullMarked;
