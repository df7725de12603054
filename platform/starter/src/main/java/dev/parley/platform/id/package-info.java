/** A service makes new identifiers here. */
package dev.parley.platform.id;
