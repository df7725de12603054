/** Takes uploads: announces them, receives their content, and confirms it. */
package dev.parley.media.upload;
