/** Counts the bytes of each user's and each tenant's files, and bounds them. */
package dev.parley.media.quota;
