/** Carries changes of a membership out together with message-service, step by step, so that a crash in between loses nothing. */
package dev.parley.conversation.membership.saga;
