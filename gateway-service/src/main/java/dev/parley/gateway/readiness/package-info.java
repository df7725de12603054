/** Watches which services are ready. */
package dev.parley.gateway.readiness;
