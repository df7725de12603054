package dev.parley.message.history;

import dev.parley.message.store.Message;
import java.util.List;

/**
 * Some messages of a conversation that follow each other for the user who reads them.
 *
 * @param messages newest first
 * @param hasMore whether there are more beyond them in the direction that was asked for
 * @param hasOlder whether there are more before them
 */
public record MessageRange(List<Message> messages, boolean hasMore, boolean hasOlder) {}
