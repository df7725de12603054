/** Finds messages by their words, and lists the files of a conversation. */
package dev.parley.message.search;
