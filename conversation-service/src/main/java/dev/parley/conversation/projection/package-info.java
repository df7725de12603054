/** Keeps conversations and memberships up to date with the events of message-service. */
package dev.parley.conversation.projection;
