/** The chat-core client family: its events, commands and acknowledgements in the Socket.IO namespace {@code /chat}. */
@NullMarked
package dev.parley.presence.chatcore;

import org.jspecify.annotations.NullMarked;
