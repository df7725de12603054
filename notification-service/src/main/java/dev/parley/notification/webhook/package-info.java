/** Brings pushes to servers of the operators' own, by signed requests. */
@NullMarked
package dev.parley.notification.webhook;

import org.jspecify.annotations.NullMarked;
