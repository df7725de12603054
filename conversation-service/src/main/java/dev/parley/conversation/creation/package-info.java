/** Creates groups, direct conversations and notes to oneself. */
package dev.parley.conversation.creation;
