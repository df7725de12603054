/** Changes the name, description, icon and rules of groups. */
package dev.parley.conversation.groupinfo;
