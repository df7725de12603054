package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.search.Reindexing;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.Until;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;

/** Messages that were stored when words were made in another way. */
class ReindexingTest extends MessageApiTest {

    private static final String PROGRESS = "searchProgress";

    @Autowired
    private Reindexing reindexing;

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Test
    void areFoundByTheWordsOfNow() {
        String korean = send(alice, "회의실에서 만나요");
        String version = send(alice, "v1.2.3 with C++ 🎉");
        String nothing = send(alice, "🎊");
        String deleted = send(alice, "gone");
        call(alice, "DELETE", deleted);
        store(korean, "회의실에서 만나요");
        store(version, "v1 2 3 with c");
        store(nothing, null);
        assertThat(found("의실")).isEmpty();
        assertThat(found("1.2.3")).isEmpty();

        beginAnew();
        Until.satisfied(() -> {
            reindexing.run().block();
            assertThat(found("의실")).containsExactly(korean);
        });

        assertThat(found("1.2.3 c++ 🎉")).containsExactly(version);
        assertThat(found("🎊")).containsExactly(nothing);
        assertThat(stored(deleted)).doesNotContainKey("searchText");
        beginAnew();
        assertThat(reindexing.run().block()).isZero();
    }

    @Test
    void areLookedAtOnceMoreWhenNoInstanceOfAnEarlierVersionIsLeft() {
        beginAnew();
        Until.satisfied(() -> {
            reindexing.run().block();
            assertThat(progress().getDate("leasedUntil"))
                    .isEqualTo(Date.from(
                            progress().getDate("startedAt").toInstant().plus(Duration.ofHours(1))));
        });
        assertThat(progress().getBoolean("done")).isFalse();
        String late = send(alice, "늦은메시지");
        store(late, "늦은메시지");

        Instant now = Instant.now();
        update(
                PROGRESS,
                progress().getString("_id"),
                new Document("startedAt", Date.from(now.minus(Duration.ofHours(2))))
                        .append("leasedUntil", Date.from(now)));
        Until.satisfied(() -> {
            reindexing.run().block();
            assertThat(progress().getBoolean("done")).isTrue();
        });

        assertThat(found("메시")).containsExactly(late);
        assertThat(reindexing.run().block()).isZero();
        beginAnew();
    }

    private void beginAnew() {
        mongo.getCollection(PROGRESS)
                .flatMapMany(progress -> progress.deleteMany(new Document()))
                .blockLast();
    }

    private Document progress() {
        return mongo.findAll(Document.class, PROGRESS).blockFirst();
    }

    private Document stored(String message) {
        return mongo.findById(message, Document.class, "messages").block();
    }

    /** Gives a message the words of an earlier version. */
    private void store(String message, String words) {
        update("messages", message, new Document("searchText", words));
    }

    private void update(String collection, String id, Document fields) {
        mongo.getCollection(collection)
                .flatMapMany(documents -> documents.updateOne(new Document("_id", id), new Document("$set", fields)))
                .blockLast();
    }

    private List<String> found(String query) {
        Answer answer = as(bob).getAsIs("/api/v1/messages/search?conversationId=" + conversation + "&query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body()
                .path("data")
                .valueStream()
                .map(message -> message.path("id").asString())
                .toList();
    }
}
