package dev.parley.notification.person;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import dev.parley.events.UserChanged;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.ReceivedEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What users are called. The topic of users keeps the newest of each, so whoever reads it from its beginning knows all. */
@Component
public class People implements EventHandler {

    private static final String COLLECTION = "people";

    private record Person(@Id String id, String displayName) {}

    private final ReactiveMongoTemplate mongo;

    People(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** By user id; those of whom nothing was heard are left out. */
    public Mono<Map<String, String>> namesOf(Collection<String> userIds) {
        return userIds.isEmpty()
                ? Mono.just(Map.of())
                : mongo.find(Query.query(Criteria.where("_id").in(userIds)), Person.class, COLLECTION)
                        .collectMap(Person::id, Person::displayName);
    }

    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        List<WriteModel<Document>> writes = batch.stream()
                .map(ReceivedEvent::data)
                .filter(UserChanged.class::isInstance)
                .map(UserChanged.class::cast)
                .map(People::write)
                .toList();
        return writes.isEmpty()
                ? Mono.empty()
                : mongo.getCollection(COLLECTION)
                        .flatMap(people -> Mono.from(people.bulkWrite(writes, new BulkWriteOptions())))
                        .then();
    }

    private static WriteModel<Document> write(UserChanged user) {
        return new UpdateOneModel<>(
                Filters.eq("_id", user.userId()),
                Updates.set("displayName", user.displayName()),
                new UpdateOptions().upsert(true));
    }
}
