/** Finds out which address, scheme and host a client used, also behind trusted proxies. */
package dev.parley.gateway.forwarded;
