/** Keeps how far the messages of a conversation have been delivered and read by all. */
package dev.parley.conversation.receipt;
