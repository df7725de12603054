package dev.parley.conversation.pin;

import dev.parley.conversation.Membership;
import java.util.List;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The slots of users for pinned conversations. */
@Component
public final class PinSlots {

    private static final String FIELD = "personal.pinSlot";
    private static final char BEFORE_NUMBER = '/';

    private final ReactiveMongoTemplate mongo;

    PinSlots(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    static String slot(String userId, int number) {
        return userId + BEFORE_NUMBER + number;
    }

    /** Those with a slot of the user, also with one past a limit that was higher once. */
    Flux<Membership> takenBy(String userId) {
        Criteria slots = Criteria.where(FIELD).gt(userId + BEFORE_NUMBER).lt(userId + (char) (BEFORE_NUMBER + 1));
        return mongo.find(Query.query(slots), Membership.class);
    }

    Mono<Void> release(List<Membership> gone) {
        List<String> ids = gone.stream().map(Membership::id).toList();
        Query stillGone =
                Query.query(Criteria.where("_id").in(ids).and("personal.hidden").is(true));
        return mongo.updateMulti(stillGone, unpin(new Update()), Membership.class)
                .then();
    }

    public static Update unpin(Update change) {
        return change.unset("personal.pinnedAt").unset(FIELD);
    }
}
