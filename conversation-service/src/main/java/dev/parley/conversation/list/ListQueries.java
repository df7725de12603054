package dev.parley.conversation.list;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.list.ListEntry.ConversationSummary;
import java.util.Collection;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Reads for lists no more than they need. */
@Component
final class ListQueries {

    private final ReactiveMongoTemplate mongo;

    ListQueries(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** What the user is or was in, those of now first: at most {@link MembershipStore#MAX_PER_USER}. */
    Flux<Membership> memberships(String userId) {
        Query ever = Query.query(Criteria.where("userId").is(userId))
                .with(Sort.by(Sort.Direction.DESC, "active"))
                .limit(MembershipStore.MAX_PER_USER)
                .cursorBatchSize(MembershipStore.MAX_PER_USER);
        return mongo.find(MembershipStore.withoutReceipts(ever), Membership.class);
    }

    Flux<ConversationSummary> entries(Collection<String> ids, ListFilter filter) {
        Query entries = Query.query(Criteria.where("_id").in(ids)).cursorBatchSize(MembershipStore.MAX_PER_USER);
        entries.fields().include("kind", "lastSeq", "lastActivityAt", "deletedAt");
        if (filter.wantsUnread()) {
            entries.fields().include("progress");
        }
        if (filter.wantsAttachments()) {
            entries.fields().include("lastMessage");
        }
        if (filter.wantsWords()) {
            entries.fields().include("name", "description", "roster");
        }
        return mongo.find(entries, ConversationSummary.class, mongo.getCollectionName(Conversation.class));
    }
}
