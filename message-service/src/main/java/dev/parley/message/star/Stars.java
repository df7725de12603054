package dev.parley.message.star;

import dev.parley.message.MessageError;
import dev.parley.message.MessageSettings;
import dev.parley.message.history.VisibleMessages;
import dev.parley.message.limit.ActionLimits;
import dev.parley.message.limit.ActionLimits.Action;
import dev.parley.message.store.Message;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import dev.parley.platform.slice.Slice;
import dev.parley.platform.slice.SliceRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
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

/** Marks messages for one user, removes the marks, and lists the marked messages. Nobody else is told. */
@Component
public final class Stars {

    /** How many more stars than the limit are read: stars of the same moment can pass it by a few. */
    private static final int TOLERANCE = 100;

    private final ReactiveMongoTemplate mongo;
    private final VisibleMessages messages;
    private final ActionLimits limits;
    private final int maxStars;

    Stars(ReactiveMongoTemplate mongo, VisibleMessages messages, ActionLimits limits, MessageSettings settings) {
        this.mongo = mongo;
        this.messages = messages;
        this.limits = limits;
        this.maxStars = settings.maxStars();
    }

    /**
     * Marks a message. Doing it again changes nothing.
     *
     * @return fails as {@link ActionLimits#take} and {@link VisibleMessages#find} do, with {@link MessageError#SYSTEM_MESSAGE}, with
     *     {@link MessageError#DELETED} or with {@link MessageError#TOO_MANY_STARS}
     */
    public Mono<Void> star(Caller caller, String messageId) {
        return limits.take(caller, Action.STAR)
                .then(messages.find(caller, messageId))
                .doOnNext(found -> {
                    found.message().requireNoSystemMessage();
                    found.message().requireNotDeleted();
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
        return hasRoom(caller)
                .filter(room -> room)
                .switchIfEmpty(Mono.defer(() -> removeUnseen(caller).then(hasRoom(caller))))
                .flatMap(room -> room ? mongo.save(star).then() : Mono.error(tooMany()));
    }

    private Mono<Boolean> hasRoom(Caller caller) {
        return mongo.count(ofUser(caller), Star.class).map(count -> count < maxStars);
    }

    private ApiException tooMany() {
        return ApiException.of(MessageError.TOO_MANY_STARS, "At most " + maxStars + " messages can be marked");
    }

    /** Removes the stars of messages that the caller can no longer list, so that they do not count for the limit. */
    private Mono<Void> removeUnseen(Caller caller) {
        return mongo.find(ofUser(caller).limit(maxStars + TOLERANCE), Star.class)
                .map(Star::messageId)
                .collectList()
                .flatMap(marked -> messages.findAll(caller, marked).flatMap(seen -> {
                    Set<String> unseen = new HashSet<>(marked);
                    seen.stream()
                            .filter(message -> !message.isDeleted())
                            .forEach(message -> unseen.remove(message.id()));
                    List<String> ids = unseen.stream()
                            .map(id -> Star.id(caller.userId(), id))
                            .toList();
                    return mongo.remove(Query.query(Criteria.where("_id").in(ids)), Star.class);
                }))
                .then();
    }

    /**
     * Removes the star, also from a message that the caller can no longer see. If there is none, fails as
     * {@link VisibleMessages#find} does. Fails also as {@link ActionLimits#take} does.
     */
    public Mono<Void> unstar(Caller caller, String messageId) {
        Query own = Query.query(Criteria.where("_id").is(Star.id(caller.userId(), messageId)));
        return limits.take(caller, Action.STAR)
                .then(mongo.remove(own, Star.class))
                .flatMap(removed -> removed.getDeletedCount() > 0
                        ? Mono.empty()
                        : messages.find(caller, messageId).then());
    }

    /** Those of the messages that the caller has marked. */
    public Mono<Set<String>> among(Caller caller, Collection<String> messageIds) {
        List<String> ids =
                messageIds.stream().map(id -> Star.id(caller.userId(), id)).toList();
        return mongo.find(Query.query(Criteria.where("_id").in(ids)), Star.class)
                .map(Star::messageId)
                .collect(Collectors.toSet());
    }

    /**
     * The marked messages that the caller may see, last marked first.
     *
     * @param conversationId null for all conversations
     */
    public Mono<Slice<Message>> list(Caller caller, @Nullable String conversationId, SliceRequest part) {
        Query newestFirst = ofUser(caller)
                .with(Sort.by(Sort.Direction.DESC, "starredAt", "_id"))
                .limit(maxStars + TOLERANCE);
        Flux<Star> stars = mongo.find(newestFirst, Star.class);
        return stars.filter(
                        star -> conversationId == null || star.conversationId().equals(conversationId))
                .map(Star::messageId)
                .collectList()
                .flatMap(ids -> messages.findAll(caller, ids))
                .map(found -> part.of(
                        found.stream().filter(message -> !message.isDeleted()).toList()));
    }

    private static Query ofUser(Caller caller) {
        return Query.query(Criteria.where("userId").is(caller.userId()));
    }
}
