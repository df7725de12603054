/** Keeps the contents of files: in a folder or in S3, encrypted at rest where that is switched on. Knows neither users nor names. */
package dev.parley.media.blob;
