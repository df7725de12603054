/** Pins conversations in the list of one member. */
package dev.parley.conversation.pin;
