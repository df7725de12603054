/** Keeps the bytes of files. */
package dev.parley.media.blob;
