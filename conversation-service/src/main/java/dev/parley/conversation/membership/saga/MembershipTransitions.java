package dev.parley.conversation.membership.saga;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.Window;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.messageservice.MessageServiceClient;
import dev.parley.events.Block;
import dev.parley.events.Block.NoticeKind;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Carries out notices: those who come may see what stands from the notice's place on, those who go what stands up to it.
 * Doing it again changes nothing, also when later notices were carried out in the meantime.
 */
@Component
public final class MembershipTransitions {

    /**
     * A notice that has its place.
     *
     * @param fromTheBeginning whether those who come see what was written before
     * @param hides whether those who go delete the conversation for themselves
     */
    public record Placed(MessageSnapshot message, Block.Notice notice, boolean fromTheBeginning, boolean hides) {

        private long seq() {
            return message.seq();
        }
    }

    private static final int MAX_QUESTIONS_AT_ONCE = 8;

    private final ReactiveMongoTemplate mongo;
    private final MembershipStore memberships;
    private final MessageServiceClient messageService;

    MembershipTransitions(
            ReactiveMongoTemplate mongo, MembershipStore memberships, MessageServiceClient messageService) {
        this.mongo = mongo;
        this.memberships = memberships;
        this.messageService = messageService;
    }

    /** @return fails, with nothing done, if message-service does not tell what those wrote who come back */
    public Mono<Void> carryOut(Placed placed) {
        List<Participant> members = placed.notice().members();
        return memberships
                .of(
                        placed.message().conversationId(),
                        members.stream().map(member -> member.user().id()).toList())
                .collectMap(Membership::userId)
                .flatMap(before -> Flux.fromIterable(members)
                        .flatMap(
                                member -> effect(
                                        placed, member, before.get(member.user().id())),
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

    private Mono<WriteModel<Document>> effect(Placed placed, Participant member, @Nullable Membership before) {
        NoticeKind kind = placed.notice().kind();
        if (before == null) {
            return kind == NoticeKind.MEMBERS_ADDED
                    ? Mono.just(memberships.insertIfAbsent(newcomer(placed, member)))
                    : Mono.empty();
        }
        if (before.changedSeq() >= placed.seq()) {
            return Mono.empty();
        }
        return kind == NoticeKind.MEMBERS_ADDED
                ? written(placed, before)
                        .map(written -> change(placed, member, before, comeback(placed, member, before, written)))
                : Mono.just(change(
                        placed,
                        member,
                        before,
                        kind == NoticeKind.ROLE_CHANGED ? new Document() : departure(placed, before)));
    }

    /**
     * How many messages one wrote up to the notice. What is noted of it may lag behind, and a message of the time before
     * that is noted later would be taken for one that was written since.
     */
    private Mono<Long> written(Placed placed, Membership before) {
        return messageService
                .upTo(
                        before.tenantId(),
                        before.conversationId(),
                        before.userId(),
                        placed.message().id(),
                        placed.seq())
                .map(range -> range.place().senderOrdinal());
    }

    private static WriteModel<Document> change(Placed placed, Participant member, Membership before, Document effect) {
        Document fields = new Document("changedSeq", placed.seq())
                .append("role", member.role().name());
        fields.putAll(effect);
        Document unchanged = new Document("_id", before.id()).append("changedSeq", before.changedSeq());
        return new UpdateOneModel<>(unchanged, new Document("$set", fields));
    }

    /** Everything up to the notice counts as read and delivered; as the member opened nothing of it, no message is named. */
    private static Membership newcomer(Placed placed, Participant member) {
        MessageSnapshot notice = placed.message();
        return new Membership(
                Membership.id(notice.conversationId(), member.user().id()),
                notice.tenantId(),
                notice.conversationId(),
                member.user().id(),
                member.role(),
                true,
                List.of(),
                List.of(opened(placed)),
                true,
                member.joinedAt(),
                notice.seq(),
                Membership.Personal.NONE,
                Membership.Reading.from(notice.seq(), notice.ordinal()),
                null,
                null);
    }

    private Document comeback(Placed placed, Participant member, Membership before, long written) {
        List<Window> windows = new ArrayList<>(placed.fromTheBeginning() ? List.of() : before.windows());
        windows.add(opened(placed));
        return new Document("active", true)
                .append("approved", true)
                .append("windows", stored(windows))
                .append("joinedAt", stored(member.joinedAt()))
                .append("farewell", null)
                .append("personal.hidden", false)
                .append("reading.readSeq", placed.seq())
                .append("reading.readOrdinal", placed.message().ordinal())
                .append("reading.readSentOrdinal", written)
                .append("reading.deliveredSeq", placed.seq())
                .append("reading.marks", List.of())
                .append("reading.hiddenSeqs", List.of());
    }

    private Document departure(Placed placed, Membership before) {
        List<Window> windows = new ArrayList<>(before.windows());
        Window last = windows.remove(windows.size() - 1);
        windows.add(new Window(last.fromSeq(), placed.seq()));
        Document fields = new Document("active", false)
                .append("windows", stored(windows))
                .append("farewell", stored(placed.message()));
        return placed.hides()
                ? fields.append("personal.hidden", true).append("personal.clearedSeq", placed.seq())
                : fields;
    }

    private static Window opened(Placed placed) {
        return new Window(placed.fromTheBeginning() ? 1 : placed.seq(), null);
    }

    private @Nullable Object stored(Object value) {
        return mongo.getConverter().convertToMongoType(value);
    }
}
