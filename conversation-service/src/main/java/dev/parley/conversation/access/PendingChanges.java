package dev.parley.conversation.access;

import dev.parley.conversation.Conversation;
import dev.parley.platform.security.Caller;
import reactor.core.publisher.Mono;

/**
 * Changes of memberships that were begun and not ended. A notice may have its place already, and then nothing that comes
 * after it is for who goes with it; so whoever is asked what a user may see ends those that concern the user first.
 */
public interface PendingChanges {

    /**
     * Ends the change that a conversation is in, if it concerns the user.
     *
     * @return the conversation afterwards; fails if the change cannot be ended now
     */
    Mono<Conversation> complete(Conversation conversation, String userId);

    /** Ends those that concern the caller, in all conversations; fails if one of them cannot be ended now. */
    Mono<Void> completeAll(Caller caller);
}
