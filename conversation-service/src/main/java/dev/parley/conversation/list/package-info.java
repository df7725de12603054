/** Lists the conversations of a user: filters, searches, sorts. */
package dev.parley.conversation.list;
