/** Knows the services behind the gateway: one entry for each says all that the rest of the platform must know about it. */
package dev.parley.platform.registry;
