/** Marks messages for one user alone, and lists the marked ones. */
package dev.parley.message.star;
