/** What chat-core clients ask of this service, and how it answers them. */
@NullMarked
package dev.parley.notification.chatcore;

import org.jspecify.annotations.NullMarked;
