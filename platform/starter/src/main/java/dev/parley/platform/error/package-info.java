/** A request that fails says here why: with an entry of an error catalogue, and with what it is about. */
package dev.parley.platform.error;
