/** Verifies who makes a request, and decides which sites' pages may make one. */
package dev.parley.gateway.access;
