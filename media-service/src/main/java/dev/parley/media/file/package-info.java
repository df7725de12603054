/** The documents of files and their store, with the limits that files keep. */
package dev.parley.media.file;
