/** The chat-core client surface. */
package dev.parley.media.chatcore;
