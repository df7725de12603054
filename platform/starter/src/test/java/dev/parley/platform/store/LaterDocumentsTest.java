package dev.parley.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.SenderKind;
import dev.parley.platform.event.ServiceJson;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.EmbeddedParts;
import java.nio.file.Path;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Documents as versions after this one may store them. */
@SpringBootTest(properties = {"spring.application.name=documents-test", "parley.events.enabled=false"})
class LaterDocumentsTest {

    private static final Path LATER = Path.of("src/test/resources/events/later");
    private static final String COLLECTION = "later";
    private static final JsonMapper JSON = ServiceJson.mapper();

    /** Reads numbers by their value: the store keeps that, but not how a number was written. */
    private static final JsonMapper VALUES = JsonMapper.shared();

    @org.springframework.data.mongodb.core.mapping.Document(COLLECTION)
    record Stored(@Id String id, SenderKind kind, MessageSnapshot last, List<Block> blocks) {}

    @SpringBootApplication
    static class Service {

        @Bean
        JsonStored messages() {
            return new JsonStored(MessageSnapshot.class);
        }

        @Bean
        JsonStored blocks() {
            return new JsonStored(Block.class);
        }
    }

    @Autowired
    private ReactiveMongoTemplate mongo;

    private final String id = Ids.next();

    @DynamicPropertySource
    static void parts(DynamicPropertyRegistry properties) {
        EmbeddedParts.register(properties);
    }

    @ParameterizedTest
    @ValueSource(strings = {"block", "block-members", "notice-kind", "values"})
    void whatIsUnknownInThemIsStoredAsItCame(String name) {
        JsonNode message =
                JSON.readTree(LATER.resolve(name + ".json")).path("data").path("message");
        MessageSnapshot snapshot = JSON.treeToValue(message, MessageSnapshot.class);
        mongo.insert(new Stored(id, snapshot.senderKind(), snapshot, snapshot.blocks()))
                .block();

        Stored read = mongo.findById(id, Stored.class).blockOptional().orElseThrow();

        assertThat(values(read.last())).isEqualTo(values(snapshot));
        assertThat(values(read.blocks())).isEqualTo(values(snapshot.blocks()));
        assertThat(read.kind()).isEqualTo(snapshot.senderKind());
        assertThat(values(read.last())).isEqualTo(values(message));
        mongo.save(read).block();
        assertThat(mongo.findById(id, Stored.class).block()).isEqualTo(read);
    }

    @Test
    void membersAreStoredAsMembers() {
        JsonNode message =
                JSON.readTree(LATER.resolve("block.json")).path("data").path("message");
        MessageSnapshot snapshot = JSON.treeToValue(message, MessageSnapshot.class);
        mongo.insert(new Stored(id, SenderKind.USER, snapshot, snapshot.blocks()))
                .block();

        Document stored =
                mongo.findById(id, Document.class, COLLECTION).blockOptional().orElseThrow();

        Document poll = stored.getList("blocks", Document.class).get(1);
        assertThat(poll.getString("type")).isEqualTo("poll");
        assertThat(poll.getList("options", Document.class).get(1)).containsKey("note");
        assertThat(poll.get("ref", Document.class)).isEqualTo(new Document("$oid", "507f1f77bcf86cd799439011"));
        assertThat(stored.getString("kind")).isEqualTo("USER");
    }

    @Test
    void anUnknownValueIsReadAndFound() {
        mongo.getCollection(COLLECTION)
                .flatMap(all -> Mono.from(all.insertOne(
                        new Document("_id", id).append("kind", "AGENT").append("blocks", List.of()))))
                .block();

        Query agents = Query.query(Criteria.where("_id").is(id).and("kind").is(SenderKind.of("AGENT")));
        assertThat(mongo.findOne(agents, Document.class, COLLECTION).block()).isNotNull();
        assertThat(mongo.exists(
                                Query.query(
                                        Criteria.where("_id").is(id).and("kind").ne(SenderKind.SYSTEM)),
                                COLLECTION)
                        .block())
                .isTrue();
    }

    private static JsonNode values(Object value) {
        return VALUES.readTree(JSON.writeValueAsBytes(value));
    }
}
