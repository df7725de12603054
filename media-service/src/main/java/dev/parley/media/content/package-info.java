/** Looks at the content of files: what it is, and whether it may be kept. */
package dev.parley.media.content;
