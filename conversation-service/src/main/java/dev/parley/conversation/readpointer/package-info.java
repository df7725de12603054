/** Moves the read pointers of members and publishes read receipts. */
package dev.parley.conversation.readpointer;
