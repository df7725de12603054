/** A capability gives a part of a list: from an offset, at most so many items, with the number of all. */
package dev.parley.platform.slice;
