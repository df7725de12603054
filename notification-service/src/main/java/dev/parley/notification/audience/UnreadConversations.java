package dev.parley.notification.audience;

import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** What users have not read, by what the events told so far. */
public interface UnreadConversations {

    /**
     * What a user has not read.
     *
     * @param conversations how many have something that is unread
     * @param messages how many messages are unread in all of them
     * @param first those with most unread messages, these first
     */
    record Unread(int conversations, long messages, List<UnreadConversation> first) {}

    /** @param afterSeq up to where the user has read */
    record UnreadConversation(AudienceConversation conversation, long afterSeq, long messages) {}

    /** Without conversations that are muted then. @param limit how many conversations are named at most */
    Mono<Unread> of(String userId, Instant now, int limit);
}
