/** Appends messages to their conversation: one at a time, in order, each with the next `seq`. */
package dev.parley.message.messagelog;
