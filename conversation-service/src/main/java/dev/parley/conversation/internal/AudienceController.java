package dev.parley.conversation.internal;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.Progress;
import dev.parley.conversation.Conversation.Progress.Tombstone;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.Permission;
import dev.parley.conversation.Membership.Reading;
import dev.parley.conversation.MembershipStore;
import dev.parley.events.ConversationKind;
import dev.parley.events.CountStart;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * What a service that follows the events of all conversations begins with: everything that they have said so far, page by page
 * in the order of the ids.
 */
@RestController
@RequestMapping("/internal/platform/audience")
class AudienceController {

    private static final int MAX_PAGE = 1_000;

    record ConversationsView(List<ConversationView> conversations) {}

    record ConversationView(
            String conversationId,
            String tenantId,
            ConversationKind kind,
            @Nullable String name,
            long lastSeq,
            long lastOrdinal,
            List<Tombstone> tombstones,
            boolean deleted) {

        static ConversationView of(Head conversation) {
            return new ConversationView(
                    conversation.id(),
                    conversation.tenantId(),
                    conversation.kind(),
                    conversation.name(),
                    conversation.lastSeq(),
                    conversation.progress().lastOrdinal(),
                    conversation.progress().tombstones(),
                    conversation.deletedAt() != null);
        }
    }

    record MembersView(List<MemberView> members) {}

    /**
     * @param changedSeq the system message that last changed the membership
     * @param fromSeq the first message of the last membership
     */
    record MemberView(
            String conversationId,
            String userId,
            boolean active,
            boolean mayRead,
            long changedSeq,
            long fromSeq,
            CountStart read,
            @Nullable CountStart cleared,
            long sentOrdinal,
            List<Long> hiddenSeqs,
            @Nullable Instant mutedUntil) {

        static MemberView of(Membership member) {
            Reading reading = member.reading();
            return new MemberView(
                    member.conversationId(),
                    member.userId(),
                    member.active(),
                    member.permits(Permission.READ),
                    member.changedSeq(),
                    member.windows().get(member.windows().size() - 1).fromSeq(),
                    new CountStart(reading.readSeq(), reading.readOrdinal(), reading.readSentOrdinal()),
                    reading.cleared(),
                    reading.sentOrdinal(),
                    reading.hiddenSeqs(),
                    member.personal().mutedUntil());
        }
    }

    /** The fields of a conversation that are asked for. */
    private record Head(
            @Id String id,
            String tenantId,
            ConversationKind kind,
            @Nullable String name,
            long lastSeq,
            Progress progress,
            @Nullable Instant deletedAt) {}

    private final ReactiveMongoTemplate mongo;

    AudienceController(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    @GetMapping("/conversations")
    Mono<ConversationsView> conversations(
            @RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "500") int limit) {
        Query page = page(after, limit);
        page.fields().include("tenantId", "kind", "name", "lastSeq", "progress", "deletedAt");
        return mongo.find(page, Head.class, mongo.getCollectionName(Conversation.class))
                .map(ConversationView::of)
                .collectList()
                .map(ConversationsView::new);
    }

    @GetMapping("/members")
    Mono<MembersView> members(
            @RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "500") int limit) {
        Query page = MembershipStore.withoutReceipts(page(after, limit));
        page.fields().exclude("left", "farewell", "latest");
        return mongo.find(page, Membership.class)
                .map(MemberView::of)
                .collectList()
                .map(MembersView::new);
    }

    private static Query page(String after, int limit) {
        int size = Math.min(Math.max(limit, 1), MAX_PAGE);
        return Query.query(Criteria.where("_id").gt(after))
                .with(Sort.by("_id"))
                .limit(size)
                .cursorBatchSize(size);
    }
}
