/** Refuses writes while the disk that the store and the broker write to is nearly full. */
package dev.parley.platform.disk;
