/** Says what a member may see and do in a conversation, as conversation-service answers it. */
package dev.parley.message.access;
