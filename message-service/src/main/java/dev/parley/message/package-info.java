/** Starts message-service, and holds its settings and its error catalogue. */
package dev.parley.message;
