/** Adds and removes the reactions of members to a message. */
package dev.parley.message.reaction;
