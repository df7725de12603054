package dev.parley.conversation.access;

import dev.parley.conversation.Conversation;
import dev.parley.platform.security.Caller;
import reactor.core.publisher.Mono;

/**
 * Completes membership changes that were begun and left. The system message about a leaving may be stored already, and then
 * the user must see nothing after it. So whoever answers what a user may see first completes the changes that concern the
 * user.
 */
public interface PendingChanges {

    /**
     * Completes the change of a conversation that is under way, if it concerns the user.
     *
     * @return the conversation afterwards; fails if the change cannot be completed now
     */
    Mono<Conversation> complete(Conversation conversation, String userId);

    /** Completes those that concern the caller, in all conversations; fails if one of them cannot be completed now. */
    Mono<Void> completeAll(Caller caller);
}
