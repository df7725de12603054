package dev.parley.media.processing;

import dev.parley.media.file.FileStore;
import java.time.Duration;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The files that are to be worked on. That is noted on their documents, so a crash forgets none: whoever takes a file has it for a
 * while, and if nothing came of it by then, somebody takes it again.
 */
@Component
final class ProcessingQueue {

    /** How much longer than the work may take a file is left to whoever took it. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /**
     * A file whose turn it is.
     *
     * @param processing as it is noted now
     */
    record Turn(@Id String id, State processing) {

        int tries() {
            return processing.tries();
        }
    }

    /**
     * @param dueAt when the file may be taken (again)
     * @param tries how often it was taken
     */
    record State(Instant dueAt, int tries) {}

    private final ReactiveMongoTemplate mongo;
    private final ProcessingSettings settings;

    ProcessingQueue(ReactiveMongoTemplate mongo, ProcessingSettings settings) {
        this.mongo = mongo;
        this.settings = settings;
    }

    /** Takes the file that has waited longest; empty if there is none. */
    Mono<Turn> take() {
        Instant now = Instant.now();
        Query due = due(now).with(Sort.by(FileStore.PROCESSING_DUE_AT));
        Update taken = Update.update(
                        FileStore.PROCESSING_DUE_AT,
                        now.plus(settings.timeLimit()).plus(MARGIN))
                .inc(FileStore.PROCESSING_TRIES, 1);
        return mongo.findAndModify(
                due, taken, FindAndModifyOptions.options().returnNew(true), Turn.class, FileStore.COLLECTION);
    }

    /** @param counted whether what was done counts as a try */
    Mono<Void> postpone(Turn turn, Duration delay, boolean counted) {
        Update later = Update.update(FileStore.PROCESSING_DUE_AT, Instant.now().plus(delay))
                .set(FileStore.PROCESSING_TRIES, counted ? turn.tries() : turn.tries() - 1);
        return mongo.updateFirst(taken(turn.id()), later, FileStore.COLLECTION).then();
    }

    /** For a file that is gone. */
    Mono<Void> forget(Turn turn) {
        return mongo.updateFirst(taken(turn.id()), new Update().unset(FileStore.PROCESSING), FileStore.COLLECTION)
                .then();
    }

    private static Query taken(String id) {
        return Query.query(
                Criteria.where("_id").is(id).and(FileStore.PROCESSING).exists(true));
    }

    /** How many files wait, counted up to a bound. */
    Mono<Long> waiting() {
        return mongo.count(due(Instant.now()).limit(settings.maxCounted()), FileStore.COLLECTION);
    }

    private static Query due(Instant now) {
        return Query.query(Criteria.where(FileStore.PROCESSING_DUE_AT).lte(now));
    }
}
