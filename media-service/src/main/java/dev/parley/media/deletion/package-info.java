/** Deletes files: those that a user deletes, and those that nothing names any more. */
package dev.parley.media.deletion;
