/** Moves the delivered pointers of members and publishes delivery receipts. */
package dev.parley.conversation.delivery;
