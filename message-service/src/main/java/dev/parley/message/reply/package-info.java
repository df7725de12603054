/** Makes the reference to the message that a reply answers, and shows it only to those who may see that message. */
package dev.parley.message.reply;
