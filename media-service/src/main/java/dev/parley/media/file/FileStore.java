package dev.parley.media.file;

import dev.parley.media.file.StoredFile.Purpose;
import dev.parley.media.file.StoredFile.Status;
import dev.parley.platform.slice.Slice;
import dev.parley.platform.slice.SliceRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The documents of files in the store. */
@Component
public final class FileStore {

    public static final String COLLECTION = "files";

    /** What is still to be done with a confirmed file; absent when all is. */
    public static final String PROCESSING = "processing";

    /** When that is to be done, or tried again. */
    public static final String PROCESSING_DUE_AT = PROCESSING + ".dueAt";

    /** How often it was begun. */
    public static final String PROCESSING_TRIES = PROCESSING + ".tries";

    private static final FindAndModifyOptions CHANGED =
            FindAndModifyOptions.options().returnNew(true);
    private static final FindAndModifyOptions BEFORE =
            FindAndModifyOptions.options().returnNew(false);

    private final ReactiveMongoTemplate mongo;

    FileStore(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** The present time as the store keeps times. */
    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    public Mono<StoredFile> insert(StoredFile file) {
        return mongo.insert(file);
    }

    /** Does not check who may see it. Empty if it is not there, or no longer. */
    public Mono<StoredFile> byId(String id) {
        return mongo.findById(id, StoredFile.class).filter(file -> !file.isDeleted());
    }

    public Mono<StoredFile> byId(String tenantId, String id) {
        return byId(id).filter(file -> file.tenantId().equals(tenantId));
    }

    /** A user's own files, the newest first. */
    public Mono<Slice<StoredFile>> listedFor(String userId, @Nullable FileKind kind, SliceRequest part) {
        Criteria own = Criteria.where("listedFor").is(userId);
        Criteria wanted = kind == null ? own : own.and("kind").is(kind);
        Query page = Query.query(wanted)
                .with(Sort.by(Sort.Direction.DESC, "_id"))
                .skip(part.offset())
                .limit(part.limit())
                .cursorBatchSize(part.limit() + 1);
        return Mono.zip(
                mongo.find(page, StoredFile.class).collectList(),
                mongo.count(Query.query(wanted), StoredFile.class),
                Slice::new);
    }

    /**
     * Notes what was uploaded for a file that is not confirmed.
     *
     * @return the file as it was before; empty if it is confirmed, or gone
     */
    public Mono<StoredFile> noteUploaded(String id, StoredFile.Content content) {
        return mongo.findAndModify(pending(id), new Update().set("content", content), BEFORE, StoredFile.class);
    }

    /**
     * Confirms a file whose content was found right, to be worked on from now on.
     *
     * @param key of the content that was looked at
     * @param checked the file as it is now
     * @return empty if something else was uploaded meanwhile, or if it is confirmed already, or gone
     */
    public Mono<StoredFile> confirm(String id, String key, StoredFile checked) {
        Update update = new Update()
                .set("status", checked.status())
                .set("mimeType", checked.mimeType())
                .set("kind", checked.kind())
                .set("sha256", checked.sha256())
                .set("size", checked.size())
                .set("content", checked.content())
                .set(PROCESSING_DUE_AT, Instant.now())
                .set(PROCESSING_TRIES, 0);
        if (checked.media() != null) {
            update.set("media", checked.media());
        }
        Query same = pending(id).addCriteria(Criteria.where("content.key").is(key));
        return mongo.findAndModify(same, update, CHANGED, StoredFile.class);
    }

    /**
     * Takes the content of a file away that is not confirmed.
     *
     * @return the file as it was before; empty if something else was uploaded meanwhile
     */
    public Mono<StoredFile> dropContent(String id, String key, Status next) {
        Query same = pending(id).addCriteria(Criteria.where("content.key").is(key));
        return mongo.findAndModify(same, new Update().unset("content").set("status", next), BEFORE, StoredFile.class);
    }

    private static Query pending(String id) {
        return Query.query(Criteria.where("_id").is(id).and("status").is(Status.PENDING));
    }

    /**
     * Binds a file to a conversation. It stays until then if no message comes.
     *
     * @return empty if it is not ready, not from this user, or in another conversation
     */
    public Mono<StoredFile> attach(
            String id, String tenantId, String uploaderId, String conversationId, Instant now, Instant expiresAt) {
        Query free = Query.query(Criteria.where("_id")
                .is(id)
                .and("tenantId")
                .is(tenantId)
                .and("uploaderId")
                .is(uploaderId)
                .and("status")
                .is(Status.READY)
                .and("conversationId")
                .in(conversationId, null));
        Update bind = new Update().set("conversationId", conversationId).set("attachedAt", now);
        return mongo.findAndModify(free, bind, CHANGED, StoredFile.class)
                .flatMap(file -> file.expiresAt() == null
                        ? Mono.just(file)
                        : mongo.findAndModify(
                                        present(id),
                                        new Update().max("expiresAt", expiresAt),
                                        CHANGED,
                                        StoredFile.class)
                                .defaultIfEmpty(file));
    }

    /** Something names these files now. */
    public Mono<Void> keep(Collection<String> ids) {
        Query present = Query.query(Criteria.where("_id").in(ids).and("status").ne(Status.DELETED));
        return mongo.updateMulti(present, new Update().unset("expiresAt"), StoredFile.class)
                .then();
    }

    /** No message names a file any more: it is deleted at a time unless something does again by then. Icons stay. */
    public Mono<Void> expire(String id, Instant at) {
        Query unnamed = present(id).addCriteria(Criteria.where("purpose").is(Purpose.MESSAGE));
        return mongo.updateFirst(unnamed, new Update().set("expiresAt", at), StoredFile.class)
                .then();
    }

    /** The file stays as long as it is an icon, or an avatar. Empty if it is gone. */
    public Mono<StoredFile> keepAs(Purpose picture, String id) {
        Update kept = new Update().set("purpose", picture).unset("expiresAt");
        return mongo.findAndModify(present(id), kept, CHANGED, StoredFile.class);
    }

    /**
     * An icon or avatar is none any more.
     *
     * @param expiresAt when the file is deleted; null if a message names it
     */
    public Mono<Void> letGo(String id, @Nullable Instant expiresAt) {
        Update former = new Update().set("purpose", Purpose.MESSAGE);
        if (expiresAt != null) {
            former.set("expiresAt", expiresAt);
        }
        return mongo.updateFirst(present(id), former, StoredFile.class).then();
    }

    /** All files of a conversation are deleted at a time. */
    public Mono<Void> expireAllOf(String conversationId, Instant at) {
        return mongo.updateMulti(
                        Query.query(Criteria.where("conversationId").is(conversationId)),
                        new Update().set("expiresAt", at),
                        StoredFile.class)
                .then();
    }

    /** Files that are to be deleted, those first that have waited longest. */
    public Flux<StoredFile> expired(Instant now, int limit) {
        Query due = Query.query(Criteria.where("expiresAt").lt(now))
                .with(Sort.by(Sort.Direction.ASC, "expiresAt"))
                .limit(limit)
                .cursorBatchSize(limit + 1);
        return mongo.find(due, StoredFile.class);
    }

    /**
     * A file is there for nobody from now on. It is to be deleted until it is {@linkplain #remove removed}.
     *
     * @param expiresAt what it must say, if that has to be unchanged; null for whatever it says
     * @return the file; empty if something has named it meanwhile, or if it is gone
     */
    public Mono<StoredFile> markDeleted(String id, @Nullable Instant expiresAt) {
        Query found = expiresAt == null
                ? Query.query(Criteria.where("_id").is(id))
                : Query.query(Criteria.where("_id").is(id).and("expiresAt").is(expiresAt));
        Update deleted = new Update().set("status", Status.DELETED).unset("listedFor");
        if (expiresAt == null) {
            deleted.set("expiresAt", now());
        }
        return mongo.findAndModify(found, deleted, CHANGED, StoredFile.class);
    }

    /** @return whether it was there */
    public Mono<Boolean> remove(String id) {
        return mongo.remove(Query.query(Criteria.where("_id").is(id)), StoredFile.class)
                .map(removed -> removed.getDeletedCount() > 0);
    }

    /** Whether a file has a blob with this key. */
    public Mono<Boolean> hasBlob(String key) {
        return mongo.exists(Query.query(Criteria.where("content.key").is(key)), StoredFile.class)
                .flatMap(isContent -> isContent
                        ? Mono.just(true)
                        : mongo.exists(
                                Query.query(Criteria.where("media.thumbnailKey").is(key)), StoredFile.class));
    }

    private static Query present(String id) {
        return Query.query(Criteria.where("_id").is(id).and("status").ne(Status.DELETED));
    }
}
