/** Tells how a start goes on, and stops everything in order. */
package dev.parley.standalone.lifecycle;
