/** Limits how many groups, people and direct conversations one user brings together in a while. */
package dev.parley.conversation.limit;
