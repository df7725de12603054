/**
 * Calls of one service by another in a user's name, past the filters and handlers that serve all other requests: for what is
 * called so often, and does so little, that they would take longer than the call.
 */
package dev.parley.platform.direct;
