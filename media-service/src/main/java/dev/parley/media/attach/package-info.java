/** Binds files to the conversation to which their uploader sends them. */
package dev.parley.media.attach;
