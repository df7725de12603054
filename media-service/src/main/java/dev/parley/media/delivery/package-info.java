/** Serves the bytes of files at signed addresses. */
package dev.parley.media.delivery;
