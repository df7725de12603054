/** Makes members admins, and admins members. */
package dev.parley.conversation.role;
