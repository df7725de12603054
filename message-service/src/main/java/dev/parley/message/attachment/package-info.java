/** Has media-service bind the files of a message to its conversation, and keeps what is shown of them up to date. */
package dev.parley.message.attachment;
