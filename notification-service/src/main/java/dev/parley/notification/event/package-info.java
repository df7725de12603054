/** Reads what happens in conversations, once for all parts of this service. */
@NullMarked
package dev.parley.notification.event;

import org.jspecify.annotations.NullMarked;
