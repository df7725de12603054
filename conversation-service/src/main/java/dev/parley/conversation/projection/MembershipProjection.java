package dev.parley.conversation.projection;

import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import dev.parley.conversation.Membership;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessageRevision;
import dev.parley.events.MessageSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes to the memberships how much members wrote and what they deleted for themselves. */
@Component
final class MembershipProjection {

    /** The newest hidden messages that a member's count leaves out; further ones are counted. */
    static final int MAX_HIDDEN = 1_000;

    private static final String HIDDEN = "reading.hiddenSeqs";

    private final ReactiveMongoTemplate mongo;

    MembershipProjection(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** @param ordinals how many messages each has sent, by membership id */
    Mono<Void> noteSent(Map<String, Long> ordinals) {
        return write(ordinals.entrySet().stream()
                .map(sent -> one(
                        new Document("_id", sent.getKey()),
                        new Document("$max", new Document("reading.sentOrdinal", sent.getValue())))));
    }

    /**
     * Notes changes of messages that some see as the newest, having deleted newer ones. A former member sees no more of them
     * than deletions.
     */
    Mono<Void> noteChanges(Collection<MessageSnapshot> messages) {
        return write(messages.stream().map(message -> {
            Document newer = new Document("$gte", message.revision());
            Document shown = new Document("latest.message.id", message.id())
                    .append("latest.message.changes.revision", new Document("$not", newer));
            MessageRevision changes = message.changes();
            if (changes == null || changes.deletedAt() == null) {
                shown.append("active", true);
            }
            return new UpdateManyModel<>(shown, new Document("$set", new Document("latest.message", stored(message))));
        }));
    }

    /**
     * Notes what members see as the newest after they deleted a message for themselves. A message that is noted with later
     * changes stays as it is.
     */
    Mono<Void> noteLatest(Collection<MessageHidden> hidden) {
        return write(hidden.stream()
                .flatMap(one -> Stream.of(
                        one(
                                isNotNewer(membership(one), one.newest()),
                                new Document("$set", new Document("latest.message", stored(one.newest())))),
                        one(membership(one), new Document("$max", new Document("latest.seq", one.seq()))))));
    }

    /** Holds unless a newer revision of the same message is stored. */
    private static Document isNotNewer(Document member, @Nullable MessageSnapshot message) {
        if (message == null) {
            return member;
        }
        Document later = new Document("$gt", message.revision());
        return member.append(
                "$or",
                List.of(
                        new Document("latest.message.id", new Document("$ne", message.id())),
                        new Document("latest.message.changes.revision", new Document("$not", later))));
    }

    /** Takes hidden messages out of the unread counts of members who have not read them. */
    Mono<Void> noteHidden(Collection<MessageHidden> hidden) {
        return write(hidden.stream()
                .map(one -> one(
                        membership(one)
                                .append("reading.readSeq", new Document("$lt", one.seq()))
                                .append(HIDDEN, new Document("$ne", one.seq())),
                        new Document(
                                "$push",
                                new Document(
                                        HIDDEN,
                                        new Document("$each", List.of(one.seq()))
                                                .append("$sort", 1)
                                                .append("$slice", -MAX_HIDDEN))))));
    }

    private static Document membership(MessageHidden hidden) {
        return new Document("_id", Membership.id(hidden.conversationId(), hidden.userId()));
    }

    private static WriteModel<Document> one(Document guard, Document change) {
        return new UpdateOneModel<>(guard, change);
    }

    private @Nullable Object stored(@Nullable MessageSnapshot message) {
        return message == null ? null : mongo.getConverter().convertToMongoType(message);
    }

    private Mono<Void> write(Stream<? extends WriteModel<Document>> writes) {
        List<? extends WriteModel<Document>> all = writes.toList();
        return all.isEmpty()
                ? Mono.empty()
                : mongo.getCollection(mongo.getCollectionName(Membership.class))
                        .flatMap(collection -> Mono.from(collection.bulkWrite(all)))
                        .then();
    }
}
