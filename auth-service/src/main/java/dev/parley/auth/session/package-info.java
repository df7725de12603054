/** Starts, refreshes and ends sessions. */
package dev.parley.auth.session;
