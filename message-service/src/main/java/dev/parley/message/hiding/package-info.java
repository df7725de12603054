/** Deletes messages for one user alone: the message is hidden from that user and from nobody else. */
package dev.parley.message.hiding;
