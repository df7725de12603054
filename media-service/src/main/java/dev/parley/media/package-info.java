/** Files: the start of the service and its errors. */
package dev.parley.media;
