/** Pins messages for all members of a conversation, and lists the pinned ones. */
package dev.parley.message.pin;
