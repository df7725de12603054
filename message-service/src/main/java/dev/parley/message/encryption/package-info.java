/** Encrypts and decrypts what messages say, with one key for each conversation, and keeps those keys. */
package dev.parley.message.encryption;
