/** Forgets cached answers of conversation-service when an event says that they have changed. */
package dev.parley.message.cache;
