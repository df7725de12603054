/** The endpoints of the chat-core client surface. */
package dev.parley.conversation.chatcore;
