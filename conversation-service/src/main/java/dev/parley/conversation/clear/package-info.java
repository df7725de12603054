/** Clears the history of a conversation for one member. */
package dev.parley.conversation.clear;
