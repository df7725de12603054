/** Brings pushes to devices by Firebase Cloud Messaging (FCM), with its HTTP v1 API. */
@NullMarked
package dev.parley.notification.fcm;

import org.jspecify.annotations.NullMarked;
