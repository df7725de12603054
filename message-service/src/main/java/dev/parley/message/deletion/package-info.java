/** Deletes messages for everyone: a tombstone stays at the position of the message. */
package dev.parley.message.deletion;
