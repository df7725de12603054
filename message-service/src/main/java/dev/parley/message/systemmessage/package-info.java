/** Appends system messages: changes of the membership, at their position among the messages. */
package dev.parley.message.systemmessage;
