package dev.parley.message.search;

import com.mongodb.MongoExecutionTimeoutException;
import dev.parley.message.MessageError;
import dev.parley.message.access.VisibleRange;
import dev.parley.message.access.VisibleRanges;
import dev.parley.message.encryption.MessageEncryption;
import dev.parley.message.indexing.SearchFields;
import dev.parley.message.store.MessageStore;
import dev.parley.platform.error.ApiException;
import java.time.Duration;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.BasicQuery;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/**
 * Finds messages of one conversation by their words or files, among those that a user may see. A query that takes longer
 * than {@link SearchSettings#maxSearchTime} fails with {@link MessageError#SEARCH_TOO_SLOW}.
 */
@Component
final class SearchIndex {

    private static final Document FIELDS =
            new Document("conversationId", 1).append("seq", 1).append("createdAt", 1);
    private static final Document FIELDS_WITH_FILES = new Document(FIELDS).append(SearchFields.FILES, 1);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ReactiveMongoTemplate mongo;
    private final MessageEncryption encryption;
    private final Duration maxTime;

    SearchIndex(ReactiveMongoTemplate mongo, MessageEncryption encryption, SearchSettings settings) {
        this.mongo = mongo;
        this.encryption = encryption;
        this.maxTime = settings.maxSearchTime();
    }

    /**
     * The newest messages that contain all the words; none without words. A conversation may have messages that are sealed
     * and such that are not: those that are not come first, each group newest first.
     */
    Flux<SearchHit> byWords(String conversationId, VisibleRanges visible, Collection<String> words, int limit) {
        if (words.isEmpty()) {
            return Flux.empty();
        }
        return encryption
                .storedForms(conversationId, words)
                .map(form -> withoutLaterEdits(new Document("$text", new Document("$search", phrases(form))), visible))
                .concatMap(text -> find(conversationId, visible, text, FIELDS, limit));
    }

    /** The words are those of the present text. Who left before an edit must not find a message by them. */
    private static Document withoutLaterEdits(Document condition, VisibleRanges visible) {
        return visible.asOf() == null
                ? condition
                : condition.append(
                        MessageStore.EDITED_AT, new Document("$not", new Document("$gt", Date.from(visible.asOf()))));
    }

    /** Each word in quotation marks: then every store looks for all of them, and no sign in them is an operator. */
    private static String phrases(Collection<String> words) {
        return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(" "));
    }

    /**
     * The newest messages with files, newest first.
     *
     * @param kind of the files; null for any
     */
    Flux<SearchHit> byFiles(String conversationId, VisibleRanges visible, @Nullable String kind, int limit) {
        Document files = new Document(SearchFields.FILES, kind == null ? SearchFields.ANY_FILE : kind);
        return find(conversationId, visible, files, FIELDS_WITH_FILES, limit);
    }

    private Flux<SearchHit> find(
            String conversationId, VisibleRanges visible, Document condition, Document fields, int limit) {
        List<VisibleRange> ranges = visible.all();
        if (ranges.isEmpty()) {
            return Flux.empty();
        }
        Document filter = new Document("conversationId", conversationId);
        filter.putAll(condition);
        filter.append(
                "seq",
                between(ranges.get(0).fromSeq(), ranges.get(ranges.size() - 1).end()));
        if (ranges.size() > 1) {
            filter.append(
                    "$or",
                    ranges.stream()
                            .map(range -> new Document("seq", between(range.fromSeq(), range.end())))
                            .toList());
        }
        BasicQuery query = new BasicQuery(filter, fields);
        query.setSortObject(new Document("seq", -1));
        query.limit(limit);
        query.maxTime(maxTime);
        return mongo.find(query, SearchHit.class, MessageStore.COLLECTION).onErrorMap(SearchIndex::tooSlow);
    }

    /** If the store gave up because of the time limit, the failure that asks the client to try again later. */
    static Throwable tooSlow(Throwable failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof MongoExecutionTimeoutException
                ? ApiException.retryLater(MessageError.SEARCH_TOO_SLOW, "The search took too long", RETRY_AFTER)
                : failure;
    }

    private static Document between(long first, long last) {
        return new Document("$gte", first).append("$lte", last);
    }
}
