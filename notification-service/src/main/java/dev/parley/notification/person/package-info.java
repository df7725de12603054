/** Knows what users are called, as the events say. */
@NullMarked
package dev.parley.notification.person;

import org.jspecify.annotations.NullMarked;
