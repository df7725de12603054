/** A service looks up here what users are called, and remembers it for a while. */
package dev.parley.platform.identity;
