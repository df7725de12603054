package dev.parley.conversation.hide;

import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipUpdates;
import dev.parley.events.ConversationReturned;
import dev.parley.events.MessageSnapshot;
import dev.parley.platform.event.EventCodec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Brings conversations back that members deleted for themselves. The history stays cleared. */
@Component
public final class UnhideConversation {

    private final ReactiveMongoTemplate mongo;
    private final MembershipUpdates updates;
    private final EventCodec events;

    UnhideConversation(ReactiveMongoTemplate mongo, MembershipUpdates updates, EventCodec events) {
        this.mongo = mongo;
        this.updates = updates;
        this.events = events;
    }

    /** @param newest the newest message of each conversation, as the conversations already show it */
    public Mono<Void> afterMessages(Collection<MessageSnapshot> newest) {
        if (newest.isEmpty()) {
            return Mono.empty();
        }
        Map<String, MessageSnapshot> messages =
                newest.stream().collect(Collectors.toMap(MessageSnapshot::conversationId, Function.identity()));
        Query hidden = Query.query(Criteria.where("conversationId")
                .in(messages.keySet())
                .and("personal.hidden")
                .is(true)
                .and("active")
                .is(true));
        return Flux.defer(() -> mongo.find(hidden, Membership.class))
                .filter(member -> isAfterClearing(messages.get(member.conversationId()), member))
                .concatMap(this::unhide)
                .then();
    }

    private static boolean isAfterClearing(@Nullable MessageSnapshot message, Membership member) {
        return message != null && message.seq() > member.personal().clearedSeq();
    }

    /** Puts a conversation into the member's list again. @return empty if it is there, or the user is no member any more */
    public Mono<Membership> unhide(Membership member) {
        return updates.apply(
                MembershipUpdates.guard(member)
                        .and("active")
                        .is(true)
                        .and("personal.hidden")
                        .is(true),
                new Update().set("personal.hidden", false),
                events.pending(new ConversationReturned(
                        member.conversationId(), member.tenantId(), List.of(member.userId()))));
    }
}
