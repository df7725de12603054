/** Mutes conversations for one member. */
package dev.parley.conversation.mute;
