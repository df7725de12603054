package dev.parley.conversation.invitation;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Knows who is whose contact: two users are contacts if both have written in their direct conversation. Nobody becomes a
 * contact without answering.
 */
@Component
final class Contacts {

    private static final int MAX_COMPARED_AT_ONCE = 500;

    private record Direct(@Id String id, String uniqueKey) {}

    private record Writer(@Id String id, Reading reading) {

        private record Reading(long sentOrdinal) {}

        boolean hasWritten() {
            return reading.sentOrdinal() > 0;
        }
    }

    private final ReactiveMongoTemplate mongo;

    Contacts(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** Those of the users who are contacts of a user. */
    Mono<Set<String>> among(String userId, Collection<String> userIds) {
        return Flux.fromIterable(userIds)
                .buffer(MAX_COMPARED_AT_ONCE)
                .concatMap(some -> contacts(userId, some))
                .collect(Collectors.toSet());
    }

    private Flux<String> contacts(String userId, List<String> userIds) {
        Map<String, String> others = new HashMap<>();
        userIds.forEach(other -> others.put(Conversation.directKey(Set.of(userId, other)), other));
        Query directs = Query.query(Criteria.where("uniqueKey").in(others.keySet()));
        directs.fields().include("uniqueKey");
        return mongo.find(directs, Direct.class, mongo.getCollectionName(Conversation.class))
                .collectMap(Direct::id, direct -> Objects.requireNonNull(others.get(direct.uniqueKey())))
                .flatMapMany(byConversation -> whereBothWrote(userId, byConversation));
    }

    private Flux<String> whereBothWrote(String userId, Map<String, String> byConversation) {
        List<String> members = byConversation.entrySet().stream()
                .flatMap(direct -> Stream.of(userId, direct.getValue()).map(id -> Membership.id(direct.getKey(), id)))
                .toList();
        Query writers = Query.query(Criteria.where("_id").in(members));
        writers.fields().include("reading.sentOrdinal");
        return mongo.find(writers, Writer.class, MembershipStore.COLLECTION)
                .filter(Writer::hasWritten)
                .map(Writer::id)
                .collect(Collectors.toSet())
                .flatMapMany(wrote -> Flux.fromStream(byConversation.entrySet().stream()
                        .filter(direct -> wrote.contains(Membership.id(direct.getKey(), userId))
                                && wrote.contains(Membership.id(direct.getKey(), direct.getValue())))
                        .map(Map.Entry::getValue)));
    }
}
