/** Brings pushes to devices of Apple, by its push notification service (APNs). */
@NullMarked
package dev.parley.notification.apns;

import org.jspecify.annotations.NullMarked;
