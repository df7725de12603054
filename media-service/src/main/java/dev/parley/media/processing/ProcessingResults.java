package dev.parley.media.processing;

import dev.parley.events.FileProcessed;
import dev.parley.events.FileStatus;
import dev.parley.media.blob.BlobStore;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.file.StoredFile.Media;
import dev.parley.media.file.StoredFile.Status;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Notes on a file what came of the work on it, together with the event that tells so. */
@Component
final class ProcessingResults {

    static final OutboxSource SOURCE = new OutboxSource(FileStore.COLLECTION);

    /** What is read of a file after such a write. */
    record Noted(@Id String id, List<PendingEvent> outbox) {}

    private final ReactiveMongoTemplate mongo;
    private final Outbox outbox;
    private final EventCodec events;
    private final BlobStore blobs;

    ProcessingResults(ReactiveMongoTemplate mongo, Outbox outbox, EventCodec events, BlobStore blobs) {
        this.mongo = mongo;
        this.outbox = outbox;
        this.events = events;
        this.blobs = blobs;
    }

    /** A file may be shown, though its preview is to be made yet. */
    Mono<Void> ready(StoredFile file) {
        return mongo.updateFirst(present(file.id()), Update.update("status", Status.READY), FileStore.COLLECTION)
                .then();
    }

    /**
     * The work on a file is done.
     *
     * @return whether it is noted; not if the file is gone
     */
    Mono<Boolean> done(StoredFile file, @Nullable Media media) {
        return note(file, () -> readyWith(media), FileStatus.READY, media);
    }

    private static Update readyWith(@Nullable Media media) {
        Update update = Update.update("status", Status.READY);
        return media == null ? update : update.set("media", media);
    }

    /** A file is never served: its content is removed. */
    Mono<Void> rejected(StoredFile file, Status status) {
        FileStatus told = status == Status.INFECTED ? FileStatus.INFECTED : FileStatus.FAILED;
        return note(file, () -> Update.update("status", status).unset("content").unset("media"), told, null)
                .then(Mono.defer(() -> blobs.delete(file.uploaded().key())));
    }

    private Mono<Boolean> note(StoredFile file, Supplier<Update> update, FileStatus status, @Nullable Media media) {
        Mono<Noted> once = mongo.findById(file.id(), StoredFile.class)
                .flatMap(present -> write(present, update.get(), events.pending(event(present, status, media))));
        // The event must name the conversation. A file is bound to one once: if that was meanwhile, it is not again.
        return once.switchIfEmpty(once)
                .doOnNext(noted -> outbox.publishSoon(SOURCE, noted.id(), noted.outbox()))
                .hasElement();
    }

    private Mono<Noted> write(StoredFile file, Update update, PendingEvent event) {
        return mongo.findAndModify(
                present(file.id()).addCriteria(Criteria.where("conversationId").is(file.conversationId())),
                update.unset(FileStore.PROCESSING)
                        .push(OutboxSource.EVENTS, event)
                        .min(OutboxSource.SINCE, event.time()),
                FindAndModifyOptions.options().returnNew(true),
                Noted.class,
                FileStore.COLLECTION);
    }

    private static FileProcessed event(StoredFile file, FileStatus status, @Nullable Media media) {
        return new FileProcessed(
                file.id(),
                file.tenantId(),
                file.conversationId(),
                status,
                media == null ? null : media.width(),
                media == null ? null : media.height(),
                media == null ? null : media.duration(),
                media == null ? null : media.waveform(),
                media != null && media.thumbnailKey() != null,
                file.uploaderId());
    }

    private static Query present(String id) {
        return Query.query(Criteria.where("_id").is(id).and("status").ne(Status.DELETED));
    }
}
