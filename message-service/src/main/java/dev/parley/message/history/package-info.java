/** Reads the messages that a user may see: pages, single messages, what is around a message, what is unread. */
package dev.parley.message.history;
