/** Says what somebody may do in a conversation. */
package dev.parley.conversation.access;
