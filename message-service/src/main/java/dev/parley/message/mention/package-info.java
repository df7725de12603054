/** Finds the members whom a text mentions by `@username`. */
package dev.parley.message.mention;
