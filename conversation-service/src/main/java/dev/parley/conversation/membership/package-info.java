/** Adds members to groups, removes them and lets them leave. */
package dev.parley.conversation.membership;
