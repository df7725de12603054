/** Decides which tenants there are. */
package dev.parley.auth.tenant;
