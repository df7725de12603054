/** Takes conversations out of the list of one member, and puts them back when there is a new message. */
package dev.parley.conversation.hide;
