/** Stores messages, and which of them each user has hidden, as documents in MongoDB. */
package dev.parley.message.store;
