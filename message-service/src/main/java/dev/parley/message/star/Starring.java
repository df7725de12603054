package dev.parley.message.star;

import dev.parley.message.MessageError;
import dev.parley.message.MessageSettings;
import dev.parley.message.timeline.Message;
import dev.parley.message.timeline.VisibleMessages;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.page.Page;
import dev.parley.platform.page.PageRequest;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The messages that users marked, each for themselves. Nobody else is told. */
@Component
public final class Starring {

    /** What is read beyond the limit, for marks that came at the same moment. */
    private static final int TOLERANCE = 100;

    private final ReactiveMongoTemplate mongo;
    private final VisibleMessages messages;
    private final int maxStars;

    Starring(ReactiveMongoTemplate mongo, VisibleMessages messages, MessageSettings settings) {
        this.mongo = mongo;
        this.messages = messages;
        this.maxStars = settings.maxStars();
    }

    /**
     * Marks a message. Doing it again changes nothing.
     *
     * @return fails as {@link VisibleMessages#find} does, with {@link MessageError#NOTICE}, with
     *     {@link MessageError#DELETED} or with {@link MessageError#TOO_MANY_STARS}
     */
    public Mono<Void> star(Caller caller, String messageId) {
        return messages.find(caller, messageId)
                .doOnNext(found -> {
                    found.message().requireNoNotice();
                    found.message().requireContent();
                })
                .flatMap(found -> among(caller, List.of(messageId))
                        .filter(Set::isEmpty)
                        .flatMap(none -> add(caller, found.message())));
    }

    private Mono<Void> add(Caller caller, Message message) {
        Star star = new Star(
                Star.id(caller.userId(), message.id()),
                caller.userId(),
                message.id(),
                message.conversationId(),
                Instant.now());
        return mongo.count(ofUser(caller), Star.class).flatMap(count -> {
            if (count >= maxStars) {
                return Mono.error(ApiException.of(
                        MessageError.TOO_MANY_STARS, "At most " + maxStars + " messages can be marked"));
            }
            return mongo.save(star).then();
        });
    }

    /** Takes the mark away, if there is one; fails as {@link VisibleMessages#find} does. */
    public Mono<Void> unstar(Caller caller, String messageId) {
        Query own = Query.query(Criteria.where("_id").is(Star.id(caller.userId(), messageId)));
        return messages.find(caller, messageId)
                .flatMap(found -> mongo.remove(own, Star.class))
                .then();
    }

    /** Those among the messages that the caller has marked. */
    public Mono<Set<String>> among(Caller caller, Collection<String> messageIds) {
        List<String> ids =
                messageIds.stream().map(id -> Star.id(caller.userId(), id)).toList();
        return mongo.find(Query.query(Criteria.where("_id").in(ids)), Star.class)
                .map(Star::messageId)
                .collect(Collectors.toSet());
    }

    /** The marked messages that the caller may see, last marked first; of one conversation if one is named. */
    public Mono<Page<Message>> list(Caller caller, @Nullable String conversationId, PageRequest page) {
        Query newestFirst = ofUser(caller)
                .with(Sort.by(Sort.Direction.DESC, "starredAt", "_id"))
                .limit(maxStars + TOLERANCE);
        Flux<Star> stars = mongo.find(newestFirst, Star.class);
        return stars.filter(
                        star -> conversationId == null || star.conversationId().equals(conversationId))
                .map(Star::messageId)
                .collectList()
                .flatMap(ids -> messages.findAll(caller, ids))
                .map(found -> page(found, page));
    }

    private static Page<Message> page(List<Message> found, PageRequest page) {
        List<Message> marked =
                found.stream().filter(message -> !message.isDeleted()).toList();
        List<Message> stretch =
                marked.stream().skip(page.offset()).limit(page.limit()).toList();
        return Page.of(stretch, page, marked.size());
    }

    private static Query ofUser(Caller caller) {
        return Query.query(Criteria.where("userId").is(caller.userId()));
    }
}
