/** Writes e-mails to those who have been away for long and have unread messages. */
@NullMarked
package dev.parley.notification.digest;

import org.jspecify.annotations.NullMarked;
