/** Limits how much a client may send, and how often. */
package dev.parley.gateway.limit;
