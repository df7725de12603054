/** Asks media-service for the files of icons. */
package dev.parley.conversation.mediaservice;
