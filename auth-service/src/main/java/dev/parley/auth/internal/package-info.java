/** The endpoints for other services of the platform. */
package dev.parley.auth.internal;
