/** The endpoints for other services. */
@NullMarked
package dev.parley.notification.internal;

import org.jspecify.annotations.NullMarked;
