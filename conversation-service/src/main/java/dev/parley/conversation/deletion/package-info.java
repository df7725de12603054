/** Deletes conversations: groups for everybody, others for the caller alone. */
package dev.parley.conversation.deletion;
