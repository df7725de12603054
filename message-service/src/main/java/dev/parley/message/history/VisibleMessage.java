package dev.parley.message.history;

import dev.parley.message.access.MemberAccess;
import dev.parley.message.store.Message;

/** A message that a user may see, and what the user may do in its conversation. */
public record VisibleMessage(Message message, MemberAccess access) {}
