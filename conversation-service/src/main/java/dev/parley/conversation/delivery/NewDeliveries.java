package dev.parley.conversation.delivery;

import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipStore;
import dev.parley.events.ReceivedMessage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds out which deliveries are news. */
@Component
final class NewDeliveries {

    /** A delivery of messages that no earlier delivery included. */
    record NewDelivery(Membership member, Delivery delivery) {

        long afterSeq() {
            return member.reading().deliveredSeq();
        }

        boolean isNews() {
            return member.isReader() && member.tenantId().equals(delivery.tenantId()) && delivery.seq() > afterSeq();
        }

        /** Those of the messages that the member got with it. */
        List<ReceivedMessage> received(List<ReceivedMessage> messages) {
            return messages.stream()
                    .filter(message -> message.seq() > afterSeq() && message.seq() <= delivery.seq())
                    .filter(message -> !message.senderId().equals(member.userId()))
                    .toList();
        }
    }

    private final ReactiveMongoTemplate mongo;

    NewDeliveries(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** Those that are news to the present members, one for each, by conversation. */
    Mono<Map<String, List<NewDelivery>>> among(List<Delivery> deliveries) {
        Map<String, Delivery> furthest = deliveries.stream()
                .collect(Collectors.toMap(Delivery::membershipId, Function.identity(), Delivery::further));
        Query members = Query.query(Criteria.where("_id").in(furthest.keySet()));
        members.fields().exclude("left");
        return mongo.find(MembershipStore.withoutReceipts(members), Membership.class)
                .map(member -> new NewDelivery(member, Objects.requireNonNull(furthest.get(member.id()))))
                .filter(NewDelivery::isNews)
                .collect(Collectors.groupingBy(step -> step.delivery().conversationId()));
    }
}
