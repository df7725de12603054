/** Knows which messages name which files, and lets go of the files that none names any more. */
package dev.parley.media.reference;
