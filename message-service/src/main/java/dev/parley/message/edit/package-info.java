/** Gives a message another text. */
package dev.parley.message.edit;
