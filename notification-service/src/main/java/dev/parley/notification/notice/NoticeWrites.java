package dev.parley.notification.notice;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import dev.parley.events.MessageSnapshot;
import dev.parley.notification.notice.Notice.Waiting;
import dev.parley.notification.notice.NoticeChange.Draft;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.convert.MongoConverter;

/**
 * The writes of changes, which must be done in their order. Each may be done again at any time and changes nothing then, also after
 * later ones.
 */
final class NoticeWrites implements NoticeChange.Visitor<Stream<WriteModel<Document>>> {

    private final MongoConverter converter;
    private final Instant dueAt;
    private final Instant expireAt;

    /**
     * @param dueAt of what there is to tell
     * @param expireAt when it is removed
     */
    NoticeWrites(MongoConverter converter, Instant dueAt, Instant expireAt) {
        this.converter = converter;
        this.dueAt = dueAt;
        this.expireAt = expireAt;
    }

    @Override
    public Stream<WriteModel<Document>> told(Draft notice) {
        return Stream.of(insertIfAbsent(notice, null));
    }

    /** A reaction that is given again, after it was taken back before anybody was told, is told after all. */
    @Override
    public Stream<WriteModel<Document>> reacted(Draft notice, long revision) {
        return Stream.of(
                insertIfAbsent(notice, revision),
                new UpdateOneModel<>(
                        Filters.and(Filters.eq("_id", notice.id()), Filters.lt("reactionRevision", revision)),
                        Updates.combine(Updates.set("reactionRevision", revision), Updates.set("takenBack", false))),
                new UpdateOneModel<>(
                        Filters.and(
                                Filters.eq("_id", notice.id()),
                                Filters.eq("reactionRevision", revision),
                                Filters.eq("state", NoticeState.CANCELLED.name())),
                        Updates.combine(
                                Updates.set("state", NoticeState.WAITING.name()),
                                Updates.set("waiting", stored(Waiting.until(dueAt))))));
    }

    @Override
    public Stream<WriteModel<Document>> takenBack(String noticeId, long revision) {
        return Stream.of(
                new UpdateOneModel<>(
                        Filters.and(Filters.eq("_id", noticeId), Filters.lt("reactionRevision", revision)),
                        Updates.combine(Updates.set("reactionRevision", revision), Updates.set("takenBack", true))),
                new UpdateOneModel<>(
                        Filters.and(
                                Filters.eq("_id", noticeId),
                                Filters.eq("reactionRevision", revision),
                                Filters.eq("state", NoticeState.WAITING.name())),
                        Updates.combine(Updates.set("state", NoticeState.CANCELLED.name()), Updates.unset("waiting"))));
    }

    /** In all that is told of it: the message and the reactions to it. */
    @Override
    public Stream<WriteModel<Document>> replaced(MessageSnapshot message) {
        return Stream.of(new UpdateManyModel<>(
                Filters.and(Filters.eq("messageId", message.id()), Filters.lt("revision", message.revision())),
                Updates.combine(Updates.set("message", stored(message)), Updates.set("revision", message.revision()))));
    }

    private WriteModel<Document> insertIfAbsent(Draft draft, @Nullable Long reactionRevision) {
        MessageSnapshot message = draft.message();
        String name = draft.actor().displayName();
        Notice notice = new Notice(
                draft.id(),
                draft.kind(),
                draft.conversationId(),
                draft.tenantId(),
                draft.seq(),
                message == null ? null : message.id(),
                draft.actor().id(),
                name.isBlank() ? null : name,
                draft.emoji(),
                draft.only(),
                message,
                message == null ? 0 : message.revision(),
                reactionRevision,
                false,
                draft.happenedAt(),
                NoticeState.WAITING,
                Waiting.until(dueAt),
                null,
                expireAt,
                draft.traceparent());
        Document document = (Document) stored(notice);
        document.remove("_id");
        return new UpdateOneModel<>(
                Filters.eq("_id", draft.id()),
                new Document("$setOnInsert", document),
                new UpdateOptions().upsert(true));
    }

    private Object stored(Object value) {
        if (value instanceof Notice) {
            Document document = new Document();
            converter.write(value, document);
            return document;
        }
        return Objects.requireNonNull(converter.convertToMongoType(value));
    }

    /** The writes of several changes, one after the other. */
    List<WriteModel<Document>> of(Stream<NoticeChange> changes) {
        return changes.flatMap(change -> change.accept(this)).toList();
    }
}
