/** Serves MongoDB's wire protocol on a port: decodes requests, runs them on threads, and encodes replies. */
@NullMarked
package dev.parley.embedded.store.protocol;

import org.jspecify.annotations.NullMarked;
