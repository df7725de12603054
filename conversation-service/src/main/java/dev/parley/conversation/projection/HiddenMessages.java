package dev.parley.conversation.projection;

import dev.parley.conversation.Membership;
import dev.parley.conversation.messageservice.MessageServiceClient;
import dev.parley.events.MessageHidden;
import dev.parley.platform.error.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes to the memberships which messages members deleted for themselves. */
@Component
final class HiddenMessages {

    private static final int MAX_QUESTIONS_AT_ONCE = 8;

    private final ReactiveMongoTemplate mongo;
    private final MembershipProjection members;
    private final MessageServiceClient messageService;

    HiddenMessages(ReactiveMongoTemplate mongo, MembershipProjection members, MessageServiceClient messageService) {
        this.mongo = mongo;
        this.members = members;
        this.messageService = messageService;
    }

    Mono<Void> note(List<MessageHidden> hidden) {
        return hidden.isEmpty() ? Mono.empty() : noteDistinct(distinct(hidden));
    }

    private Mono<Void> noteDistinct(List<MessageHidden> hidden) {
        return members.noteLatest(hidden)
                .then(unread(hidden))
                .flatMapMany(Flux::fromIterable)
                .filterWhen(this::counted, MAX_QUESTIONS_AT_ONCE)
                .collectList()
                .flatMap(members::noteHidden);
    }

    /** Each event costs a request to message-service, so repeated events are handled once. */
    private static List<MessageHidden> distinct(List<MessageHidden> hidden) {
        Map<List<String>, MessageHidden> byUserAndMessage = new LinkedHashMap<>();
        hidden.forEach(one -> byUserAndMessage.putIfAbsent(List.of(one.userId(), one.messageId()), one));
        return List.copyOf(byUserAndMessage.values());
    }

    /** Those that their members have not read: nothing else has to be taken out of a count. */
    private Mono<List<MessageHidden>> unread(List<MessageHidden> hidden) {
        List<String> ids =
                hidden.stream().map(HiddenMessages::membershipId).distinct().toList();
        return mongo.find(Query.query(Criteria.where("_id").in(ids)), Membership.class)
                .collectMap(Membership::id)
                .map(found ->
                        hidden.stream().filter(one -> isUnread(one, found)).toList());
    }

    private static boolean isUnread(MessageHidden hidden, Map<String, Membership> members) {
        Membership member = members.get(membershipId(hidden));
        return member != null && hidden.seq() > member.reading().countedFrom().seq();
    }

    private static String membershipId(MessageHidden hidden) {
        return Membership.id(hidden.conversationId(), hidden.userId());
    }

    /** Whether the message counts as unread for the member: the member's own, system messages and tombstones do not. */
    private Mono<Boolean> counted(MessageHidden hidden) {
        Boolean counts = hidden.counts();
        return counts != null ? Mono.just(counts) : asked(hidden);
    }

    private Mono<Boolean> asked(MessageHidden hidden) {
        return messageService
                .upTo(hidden.tenantId(), hidden.conversationId(), hidden.userId(), hidden.messageId(), hidden.seq() - 1)
                .map(range -> range.messages().stream().anyMatch(message -> message.seq() == hidden.seq()))
                .onErrorResume(ApiException.class, HiddenMessages::notCounted);
    }

    /** While message-service is not well the events wait for it: without its answer counts would stay wrong. */
    private static Mono<Boolean> notCounted(ApiException refused) {
        return refused.code().isNotFound()
                ? Mono.just(false)
                : Mono.error(new UncheckedIOException(new IOException("message-service does not answer", refused)));
    }
}
