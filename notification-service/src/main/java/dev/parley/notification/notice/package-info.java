/** Knows what there is to tell, and decides who is told of it. */
@NullMarked
package dev.parley.notification.notice;

import org.jspecify.annotations.NullMarked;
