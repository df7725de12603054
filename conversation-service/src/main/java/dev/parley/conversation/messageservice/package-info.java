/** Asks message-service for unread ranges and for system messages. */
package dev.parley.conversation.messageservice;
