package dev.parley.message.search;

import com.mongodb.MongoExecutionTimeoutException;
import dev.parley.message.MessageError;
import dev.parley.message.MessageSettings;
import dev.parley.message.access.VisibleRange;
import dev.parley.message.access.VisibleRanges;
import dev.parley.message.encryption.MessageEncryption;
import dev.parley.message.indexing.SearchFields;
import dev.parley.message.store.MessageStore;
import dev.parley.platform.error.ApiException;
import java.time.Duration;
import java.util.Collection;
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
 * Finds messages of one conversation, within what somebody may see of it, by what they hold. A query that takes longer
 * than {@link MessageSettings#maxSearchTime} fails with {@link MessageError#SEARCH_TOO_SLOW}.
 */
@Component
public final class SearchIndex {

    private static final Document PLACE =
            new Document("conversationId", 1).append("seq", 1).append("createdAt", 1);
    private static final Document PLACE_AND_FILES = new Document(PLACE).append(SearchFields.FILES, 1);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final ReactiveMongoTemplate mongo;
    private final MessageEncryption encryption;
    private final Duration maxTime;

    SearchIndex(ReactiveMongoTemplate mongo, MessageEncryption encryption, MessageSettings settings) {
        this.maxTime = settings.maxSearchTime();
        this.encryption = encryption;
        this.mongo = mongo;
    }

    /** The newest messages that hold all the words, newest first among those in one form. Without words, none. */
    public Flux<SearchHit> byWords(String conversationId, VisibleRanges windows, Collection<String> words, int limit) {
        if (words.isEmpty()) {
            return Flux.empty();
        }
        return encryption
                .searchTokens(conversationId, words)
                .map(form -> new Document("$text", new Document("$search", all(form))))
                .concatMap(text -> find(conversationId, windows, text, PLACE, limit));
    }

    /** Each word in quotation marks: so every document store wants all of them, and none means anything else by one. */
    private static String all(Collection<String> words) {
        return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(" "));
    }

    /**
     * The newest messages with files, newest first.
     *
     * @param kind of the files; null for any
     */
    public Flux<SearchHit> byFiles(String conversationId, VisibleRanges windows, @Nullable String kind, int limit) {
        Document files = new Document(SearchFields.FILES, kind == null ? SearchFields.ANY_FILE : kind);
        return find(conversationId, windows, files, PLACE_AND_FILES, limit);
    }

    private Flux<SearchHit> find(
            String conversationId, VisibleRanges windows, Document what, Document projection, int limit) {
        List<VisibleRange> visible = windows.all();
        if (visible.isEmpty()) {
            return Flux.empty();
        }
        Document filter = new Document("conversationId", conversationId);
        filter.putAll(what);
        filter.append(
                "seq",
                between(
                        visible.get(0).fromSeq(),
                        visible.get(visible.size() - 1).end()));
        if (visible.size() > 1) {
            filter.append(
                    "$or",
                    visible.stream()
                            .map(window -> new Document("seq", between(window.fromSeq(), window.end())))
                            .toList());
        }
        BasicQuery query = new BasicQuery(filter, projection);
        query.setSortObject(new Document("seq", -1));
        query.limit(limit);
        query.maxTime(maxTime);
        return mongo.find(query, SearchHit.class, MessageStore.COLLECTION).onErrorMap(SearchIndex::told);
    }

    /** What the caller is told of a failure: if the store gave up for the time that it took, to try again. */
    static Throwable told(Throwable failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof MongoExecutionTimeoutException
                ? ApiException.retryLater(MessageError.SEARCH_TOO_SLOW, "The search took too long", TRY_AGAIN)
                : failure;
    }

    private static Document between(long first, long last) {
        return new Document("$gte", first).append("$lte", last);
    }
}
