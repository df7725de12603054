/** Says what a record of a push that could not be sent looks like. */
@NullMarked
package dev.parley.notification.deadletter;

import org.jspecify.annotations.NullMarked;
