/** Keeps the pushes: those that wait to be sent, and what became of the others. */
@NullMarked
package dev.parley.notification.push;

import org.jspecify.annotations.NullMarked;
