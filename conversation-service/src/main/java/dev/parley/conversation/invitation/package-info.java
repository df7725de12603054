/** Says who may be added by whom, and asks people first where they want to be asked. */
package dev.parley.conversation.invitation;
