/** Serves chat-core clients: reads their requests, calls the capabilities, and renders messages in their form. */
package dev.parley.message.chatcore;
