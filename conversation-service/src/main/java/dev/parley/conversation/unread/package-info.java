/** Counts unread messages. */
package dev.parley.conversation.unread;
