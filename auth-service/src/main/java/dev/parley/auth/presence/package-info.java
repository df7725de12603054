/** Asks presence-service which users are online. */
package dev.parley.auth.presence;
