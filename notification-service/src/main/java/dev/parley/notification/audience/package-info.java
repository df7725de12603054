/** Who is in which conversation, what they have read and what they have open, as the events say. */
@NullMarked
package dev.parley.notification.audience;

import org.jspecify.annotations.NullMarked;
