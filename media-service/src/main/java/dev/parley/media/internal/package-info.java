/** The endpoints for other services. */
package dev.parley.media.internal;
