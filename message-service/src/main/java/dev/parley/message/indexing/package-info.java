/** Makes what is stored with a message so that a search finds it: its words, and the kinds of its files. */
package dev.parley.message.indexing;
