package dev.parley.presence.live;

import dev.parley.events.ConversationCreated;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.TypingChanged;

/** Tells the connected clients of one family what happened, in their own form. Called in the order of the events. */
public interface Surface {

    void conversationCreated(ConversationCreated created);

    void messageCreated(MessageCreated created);

    void messageChanged(MessageChange change);

    void typingChanged(TypingChanged typing);
}
