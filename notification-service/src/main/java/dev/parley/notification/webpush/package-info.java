/** Brings pushes to browsers (RFC 8030), encrypted for each (RFC 8291), as a server that they know (VAPID, RFC 8292). */
@NullMarked
package dev.parley.notification.webpush;

import org.jspecify.annotations.NullMarked;
