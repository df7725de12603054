/** The endpoints of the chat-core client surface: requests are read and users are shown in its form. */
package dev.parley.auth.chatcore;
