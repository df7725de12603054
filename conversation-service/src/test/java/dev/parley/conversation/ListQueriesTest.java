package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.parley.platform.id.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** What a long list costs. The sweepers ask, too, and so does what notes deliveries: they wait here. */
@TestPropertySource(
        properties = {
            "parley.outbox.sweep-interval=1h",
            "parley.conversation.change.sweep-interval=1h",
            "parley.conversation.shown.interval=1h"
        })
class ListQueriesTest extends ConversationServiceTestCase {

    private static final int MANY = 1_000;

    /** The names of the commands of one moment. */
    private static final Queue<String> COMMANDS = new ConcurrentLinkedQueue<>();

    @TestConfiguration
    static class Counting {

        @Bean
        MongoClientSettingsBuilderCustomizer countsQueries() {
            return settings -> settings.addCommandListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    String name = event.getCommandName();
                    if (List.of("find", "aggregate", "getMore", "count").contains(name) && !isSweeping(event)) {
                        COMMANDS.add(collection(event));
                    }
                }
            });
        }

        /** What was left over is searched for all the time. */
        private static boolean isSweeping(CommandStartedEvent event) {
            BsonDocument filter = event.getCommand().getDocument("filter", new BsonDocument());
            return filter.containsKey("outboxSince") || filter.containsKey("pendingSince");
        }

        /** A further batch of the same query is a question, too. */
        private static String collection(CommandStartedEvent event) {
            String field = event.getCommandName().equals("getMore") ? "collection" : event.getCommandName();
            return event.getCommand().getString(field).getValue();
        }
    }

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Test
    void asksAsManyQueriesForAThousandConversationsAsForOne() {
        TestMessageLog one = group("One", bob);
        said(one, bob, "hello");
        published(one, "conversation.advanced", 1);
        List<String> few = queries("");
        List<String> fewUnread = queries("/unread");
        copy(one, MANY - 1);

        assertThat(queries("")).isEqualTo(few).hasSize(3);
        assertThat(queries("?hasUnread=true&search=one&hasAttachments=false&page=2&limit=20"))
                .isEqualTo(few);
        assertThat(queries("/unread")).isEqualTo(fewUnread).hasSize(2);
        JsonNode list = as(alice).get(BASE).body();
        assertThat(list.path("data").size()).isEqualTo(MANY);
        assertThat(list.path("meta").path("hasMore").asBoolean(true)).isFalse();
        assertThat(as(alice).get(BASE + "/unread").body().path("totalUnread").asInt())
                .isEqualTo(MANY);
        JsonNode page = as(alice).get(BASE + "?hasUnread=true&page=3&limit=20").body();
        assertThat(page.path("data").size()).isEqualTo(20);
        assertThat(page.path("meta").path("total").asInt()).isEqualTo(MANY);
    }

    /** The collections that a request reads. */
    private List<String> queries(String path) {
        COMMANDS.clear();
        assertThat(as(alice).get(BASE + path).status()).isEqualTo(200);
        return COMMANDS.stream()
                .filter(collection -> List.of("memberships", "conversations").contains(collection))
                .toList();
    }

    private void copy(TestMessageLog original, int times) {
        Document conversation = mongo.findById(original.conversationId, Document.class, "conversations")
                .block();
        Document membership = mongo.findById(original.conversationId + "/" + alice, Document.class, "memberships")
                .block();
        List<Document> conversations = new ArrayList<>();
        List<Document> memberships = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            String id = Ids.next();
            conversations.add(copyOf(conversation, Map.of("_id", id)));
            memberships.add(copyOf(membership, Map.of("_id", id + "/" + alice, "conversationId", id)));
        }
        mongo.insert(conversations, "conversations").then().block();
        mongo.insert(memberships, "memberships").then().block();
    }

    /** A copy with other values, and without what is unique or waits to be published. */
    private static Document copyOf(Document document, Map<String, String> values) {
        Document copy = new Document(document);
        List.of("uniqueKey", "outbox", "outboxSince").forEach(copy::remove);
        copy.putAll(values);
        return copy;
    }
}
