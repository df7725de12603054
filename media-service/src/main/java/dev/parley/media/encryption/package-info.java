/** Encrypts the contents of files before they are stored, and decrypts any part of one: encryption at rest. */
package dev.parley.media.encryption;
