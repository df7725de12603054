package dev.parley.message.attachment;

import dev.parley.events.Block;
import dev.parley.events.FileProcessed;
import dev.parley.events.FileStatus;
import dev.parley.events.MessageAttachmentsProcessed;
import dev.parley.message.messagechange.Revisions;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessageStore;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.ReceivedEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Adds to stored messages what becomes known of their files after they were sent.
 *
 * <p>A file may be processed between being bound to the conversation and the message being stored. So what no message takes is
 * kept for a while and tried again after that; and who has stored a message looks there. Whichever comes second finds the other.
 */
@Component
public final class ProcessedFiles implements EventHandler {

    private static final Logger log = LoggerFactory.getLogger(ProcessedFiles.class);

    /** Messages of one sender in one conversation that name the same file. */
    private static final int MAX_MESSAGES = 100;

    private final MessageStore messages;
    private final Revisions revisions;
    private final ReactiveMongoTemplate mongo;

    ProcessedFiles(MessageStore messages, Revisions revisions, ReactiveMongoTemplate mongo) {
        this.messages = messages;
        this.revisions = revisions;
        this.mongo = mongo;
    }

    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        return Flux.fromIterable(batch)
                .map(ReceivedEvent::data)
                .ofType(FileProcessed.class)
                .filter(ProcessedFiles::concernsMessages)
                .concatMap(this::handle)
                .then();
    }

    /** Who attaches a file later is told by media-service what is known of it. */
    private static boolean concernsMessages(FileProcessed result) {
        return result.status() == FileStatus.READY && result.conversationId() != null;
    }

    private Mono<Void> handle(FileProcessed result) {
        return apply(result)
                .filter(taken -> taken == 0)
                .flatMap(nobody -> mongo.save(ProcessedFile.of(result)).then(apply(result)))
                .then();
    }

    /** @return how many messages name the file */
    private Mono<Long> apply(FileProcessed result) {
        return messages.withFile(result.tenantId(), result.fileId(), MAX_MESSAGES)
                .concatMap(message -> apply(message, result))
                .count();
    }

    private Mono<Message> apply(Message message, FileProcessed result) {
        return revisions.change(message, (seen, now) -> changed(seen, result, now), MessageAttachmentsProcessed::new);
    }

    private static Message changed(Message message, FileProcessed result, Instant now) {
        return message.withFiles(file -> result.fileId().equals(file.fileId()) ? known(file, result) : file, now);
    }

    private static Block.Media known(Block.Media file, FileProcessed result) {
        return file.with(result.width(), result.height(), result.duration(), result.waveform(), result.hasThumbnail());
    }

    /**
     * The message with what was told of its files before it was stored. Never fails: the message is sent.
     *
     * @param unprocessed the ids of the files of which not all was known before
     */
    public Mono<Message> caughtUp(Message message, Collection<String> unprocessed) {
        if (unprocessed.isEmpty()) {
            return Mono.just(message);
        }
        return mongo.find(Query.query(Criteria.where("_id").in(unprocessed)), ProcessedFile.class)
                .concatMap(file -> apply(message, file.result()))
                .last(message)
                .onErrorResume(failure -> {
                    log.warn("Message {} is shown without what is known of its files", message.id(), failure);
                    return Mono.just(message);
                });
    }
}
