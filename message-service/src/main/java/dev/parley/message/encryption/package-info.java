/** Seals what messages say with one data key for each conversation, opens it, and keeps these keys: encryption at rest. */
package dev.parley.message.encryption;
