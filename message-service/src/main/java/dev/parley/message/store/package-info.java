/** Keeps messages, and what each user hid of them, as documents in MongoDB. */
package dev.parley.message.store;
