/** Conversations and memberships: the two documents of the service and the store that keeps them. */
package dev.parley.conversation;
