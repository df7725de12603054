/** Sends the message of a member: checks that the member may, and appends it to the log. */
package dev.parley.message.send;
