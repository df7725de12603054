/** Waits for the bodies that clients send, and knows whether a client or its service is the slow one. */
package dev.parley.gateway.body;
