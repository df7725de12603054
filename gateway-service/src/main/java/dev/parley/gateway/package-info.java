/** Starts the gateway: the one address that clients know. */
package dev.parley.gateway;
