package dev.parley.notification.audience;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Who is in conversations, by what the events told so far. */
public interface Audience {

    /** @return empty if it is not known or was deleted */
    Mono<AudienceConversation> conversation(String conversationId);

    /**
     * The members of a conversation who may see what is written there now, in the order of their user ids.
     *
     * @param afterUserId the last one of the page before; null for the first page
     */
    Mono<List<AudienceMember>> readers(String conversationId, @Nullable String afterUserId, int limit);

    /** Those of the users who are or were in the conversation, by user id. */
    Mono<Map<String, AudienceMember>> members(String conversationId, Collection<String> userIds);
}
