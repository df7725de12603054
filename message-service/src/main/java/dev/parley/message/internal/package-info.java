/** Serves conversation-service: appends system messages, and tells how far somebody can read on. */
package dev.parley.message.internal;
