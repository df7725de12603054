/** Starts all of Parley in one JVM, and stops it. */
package dev.parley.standalone;
