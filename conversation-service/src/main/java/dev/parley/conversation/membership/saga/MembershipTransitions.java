package dev.parley.conversation.membership.saga;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import dev.parley.conversation.ConversationSnapshot;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.Reading;
import dev.parley.conversation.Membership.Reading.Stay;
import dev.parley.conversation.Membership.Window;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.messageservice.MessageServiceClient;
import dev.parley.events.Block;
import dev.parley.events.Block.NoticeKind.Effect;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Changes the memberships of those whom a system message is about. A new member sees the messages from the system message
 * on, a member who leaves sees those up to it. Applying a system message again changes nothing, even if later ones were
 * applied in the meantime.
 */
@Component
final class MembershipTransitions {

    /**
     * A system message that message-service has stored, with its position.
     *
     * @param fromTheBeginning whether new members see the messages before it, too
     * @param hides whether those who leave delete the conversation for themselves
     * @param before what the conversation was, for those who leave it
     */
    record StoredSystemMessage(
            MessageSnapshot message,
            Block.Notice notice,
            boolean fromTheBeginning,
            boolean hides,
            @Nullable ConversationSnapshot before) {

        private long seq() {
            return message.seq();
        }
    }

    private static final int MAX_QUESTIONS_AT_ONCE = 8;

    /** How many earlier stays of one member are remembered for receipts. */
    private static final int MAX_EARLIER = 10;

    private final ReactiveMongoTemplate mongo;
    private final MembershipStore memberships;
    private final MessageServiceClient messageService;

    MembershipTransitions(
            ReactiveMongoTemplate mongo, MembershipStore memberships, MessageServiceClient messageService) {
        this.mongo = mongo;
        this.memberships = memberships;
        this.messageService = messageService;
    }

    /** @return fails, with nothing written, if message-service does not answer how much a returning member wrote before */
    Mono<Void> apply(StoredSystemMessage stored) {
        List<Participant> members = stored.notice().members();
        return memberships
                .of(
                        stored.message().conversationId(),
                        members.stream().map(member -> member.user().id()).toList())
                .collectMap(Membership::userId)
                .flatMap(before -> Flux.fromIterable(members)
                        .flatMap(
                                member -> transition(
                                        stored, member, before.get(member.user().id())),
                                MAX_QUESTIONS_AT_ONCE)
                        .collectList()
                        .flatMap(this::write));
    }

    private Mono<Void> write(List<WriteModel<Document>> writes) {
        return writes.isEmpty()
                ? Mono.empty()
                : mongo.getCollection(MembershipStore.COLLECTION)
                        .flatMap(collection ->
                                Mono.from(collection.bulkWrite(writes, new BulkWriteOptions().ordered(false))))
                        .then();
    }

    private Mono<WriteModel<Document>> transition(
            StoredSystemMessage stored, Participant member, @Nullable Membership before) {
        Effect effect = stored.notice().kind().effect();
        if (before == null) {
            return switch (effect) {
                case JOINS -> Mono.just(memberships.insertIfAbsent(newcomer(stored, member)));
                case LEAVES, CHANGES_ROLE, NONE -> Mono.empty();
            };
        }
        if (before.changedSeq() >= stored.seq()) {
            return Mono.empty();
        }
        return switch (effect) {
            case JOINS ->
                written(stored, before)
                        .map(written -> change(stored, member, before, comeback(stored, member, before, written)));
            case LEAVES -> Mono.just(change(stored, member, before, departure(stored, before)));
            case CHANGES_ROLE -> Mono.just(change(stored, member, before, new Document()));
            case NONE -> Mono.empty();
        };
    }

    /**
     * How many messages a returning member had written up to the system message. message-service is asked, because the
     * number in the membership may lag behind: an old message that is counted later would look like a new one.
     */
    private Mono<Long> written(StoredSystemMessage stored, Membership before) {
        return messageService
                .upTo(
                        before.tenantId(),
                        before.conversationId(),
                        before.userId(),
                        stored.message().id(),
                        stored.seq())
                .map(range -> range.position().senderOrdinal());
    }

    private static WriteModel<Document> change(
            StoredSystemMessage stored, Participant member, Membership before, Document transition) {
        Document fields = new Document("changedSeq", stored.seq())
                .append("role", member.role().name());
        fields.putAll(transition);
        Document unchanged = new Document("_id", before.id()).append("changedSeq", before.changedSeq());
        return new UpdateOneModel<>(unchanged, new Document("$set", fields));
    }

    /** Everything up to the system message counts as read and delivered. The member opened none of it, so none is named. */
    private static Membership newcomer(StoredSystemMessage stored, Participant member) {
        MessageSnapshot notice = stored.message();
        return new Membership(
                Membership.id(notice.conversationId(), member.user().id()),
                notice.tenantId(),
                notice.conversationId(),
                member.user().id(),
                member.role(),
                true,
                List.of(),
                List.of(opened(stored)),
                true,
                member.joinedAt(),
                notice.seq(),
                Membership.Personal.NONE,
                Membership.Reading.from(notice.seq(), notice.ordinal()),
                null,
                null,
                null);
    }

    private Document comeback(StoredSystemMessage stored, Participant member, Membership before, long written) {
        List<Window> windows = new ArrayList<>(stored.fromTheBeginning() ? List.of() : before.windows());
        windows.add(opened(stored));
        return new Document("active", true)
                .append("approved", true)
                .append("windows", stored(windows))
                .append("joinedAt", stored(member.joinedAt()))
                .append("farewell", null)
                .append("left", null)
                .append("personal.hidden", false)
                .append("reading.readSeq", stored.seq())
                .append("reading.readOrdinal", stored.message().ordinal())
                .append("reading.readSentOrdinal", written)
                .append("reading.readMessageId", null)
                .append("reading.readAt", null)
                .append("reading.deliveredSeq", stored.seq())
                .append("reading.deliveredAt", null)
                .append("reading.marks", List.of())
                .append("reading.hiddenSeqs", List.of())
                .append("reading.skipped", List.of())
                .append("reading.earlier", stored(earlier(before)));
    }

    /** What the member got and read before stays known: it is a new membership, and an old one that has ended. */
    private static List<Stay> earlier(Membership before) {
        List<Stay> earlier =
                new ArrayList<>(Objects.requireNonNullElse(before.reading().earlier(), List.of()));
        Window last = before.windows().get(before.windows().size() - 1);
        Reading reading = before.reading();
        Long toSeq = last.toSeq();
        if (toSeq != null && (reading.readAt() != null || reading.deliveredAt() != null)) {
            earlier.add(new Stay(
                    last.fromSeq(),
                    toSeq,
                    reading.readSeq(),
                    reading.readAt(),
                    reading.deliveredSeq(),
                    reading.deliveredAt(),
                    reading.skipped()));
        }
        return earlier.subList(Math.max(0, earlier.size() - MAX_EARLIER), earlier.size());
    }

    private Document departure(StoredSystemMessage stored, Membership before) {
        List<Window> windows = new ArrayList<>(before.windows());
        Window last = windows.remove(windows.size() - 1);
        windows.add(new Window(last.fromSeq(), stored.seq()));
        Document fields = new Document("active", false)
                .append("windows", stored(windows))
                .append("farewell", stored(stored.message()))
                .append("left", before(stored));
        return stored.hides()
                ? fields.append("personal.hidden", true).append("personal.clearedSeq", stored.seq())
                : fields;
    }

    private @Nullable Object before(StoredSystemMessage stored) {
        ConversationSnapshot before = stored.before();
        return before == null ? null : stored(before);
    }

    private static Window opened(StoredSystemMessage stored) {
        return new Window(stored.fromTheBeginning() ? 1 : stored.seq(), null);
    }

    private @Nullable Object stored(Object value) {
        return mongo.getConverter().convertToMongoType(value);
    }
}
