/** Calls the services through circuit breakers, and says at once when a service does not answer. */
package dev.parley.gateway.upstream;
