/** Tells who got and who read a message, and reports to conversation-service what members fetched. */
package dev.parley.message.receipt;
