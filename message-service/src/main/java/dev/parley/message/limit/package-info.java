/** Limits how often a user may send, change and mark messages, whatever way the requests come. */
package dev.parley.message.limit;
