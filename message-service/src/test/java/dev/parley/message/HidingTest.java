package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.MessageHidden;
import dev.parley.message.StubConversations.Membership;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.Until;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** Messages that a user deletes for the user alone. */
class HidingTest extends MessageApiTest {

    private static final int MAX_HIDDEN = 30;

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Autowired
    private EventCodec events;

    @DynamicPropertySource
    static void limits(DynamicPropertyRegistry properties) {
        properties.add("parley.message.max-hidden", () -> MAX_HIDDEN);
        properties.add("parley.outbox.sweep-interval", () -> "500ms");
    }

    @Test
    void takesAMessageOutOfEveryViewOfTheCallerAndOfNobodyElse() {
        String kept = send(alice, "kept");
        String message = send(alice, "hidden");
        call(alice, "POST", message + "/pin");
        call(bob, "POST", message + "/star");

        Answer hidden = call(bob, "DELETE", message + "/me");

        assertThat(hidden.status()).isEqualTo(204);
        assertThat(ids(history(bob))).containsExactly(kept);
        assertThat(call(bob, "GET", message).code()).isEqualTo(NOT_FOUND);
        assertThat(list(bob, "/api/v1/conversations/" + conversation + "/messages/pinned"))
                .isEmpty();
        assertThat(list(bob, "/api/v1/messages/starred")).isEmpty();
        assertThat(as(bob).get(path("?around=" + message)).code()).isEqualTo(NOT_FOUND);
        assertThat(as(bob).post(path(""), Map.of("text", "x", "replyTo", message))
                        .code())
                .isEqualTo("message.reply-not-found");
        assertThat(call(bob, "POST", message + "/reactions", Map.of("emoji", "👍"))
                        .code())
                .isEqualTo(NOT_FOUND);
        assertThat(ids(history(alice))).containsExactly(message, kept);
        assertThat(get(alice, message).path("content").path("text").asString()).isEqualTo("hidden");
        assertThat(list(alice, "/api/v1/conversations/" + conversation + "/messages/pinned"))
                .hasSize(1);
    }

    @Test
    void tellsOfItOnceWithTheNewestThatIsLeft() {
        String first = send(alice, "1");
        String second = send(bob, "2");

        call(bob, "DELETE", second + "/me");
        assertThat(call(bob, "DELETE", second + "/me").status()).isEqualTo(204);
        call(bob, "DELETE", first + "/me");

        List<JsonNode> events = published("message.hidden", 2);
        assertThat(events).hasSize(2);
        JsonNode event = events.get(0);
        assertThat(event.path("userId").asString()).isEqualTo(bob);
        assertThat(event.path("tenantId").asString()).isEqualTo("acme");
        assertThat(event.path("messageId").asString()).isEqualTo(second);
        assertThat(event.path("seq").asLong()).isEqualTo(2);
        assertThat(event.path("newest").path("id").asString()).isEqualTo(first);
        assertThat(event.path("newest").path("sender").path("displayName").asString())
                .isEqualTo("Name of " + alice);
        assertThat(event.path("counts").asBoolean(true)).isFalse();
        assertThat(events.get(1).path("messageId").asString()).isEqualTo(first);
        assertThat(events.get(1).path("counts").asBoolean()).isTrue();
        assertThat(events.get(1).path("newest").asString("none")).isEqualTo("none");
        assertThat(published("message.hidden", 2)).hasSize(2);
    }

    @Test
    void keepsTheEventOnTheDocumentUntilItIsPublished() {
        String message = send(alice, "1");
        call(bob, "DELETE", message + "/me");
        published("message.hidden", 1);

        Query own = Query.query(Criteria.where("_id").is(bob + "/" + conversation));
        Until.satisfied(
                () -> assertThat(mongo.findOne(own, Document.class, "hidden").block())
                        .doesNotContainKeys("outbox", "outboxSince")
                        .containsEntry("seqs", List.of(1L)));
        leaveOnTheOutbox();
        Until.satisfied(() -> assertThat(published("message.hidden", 2))
                .extracting(event -> event.path("messageId").asString())
                .containsExactly(message, "left by a crash"));
    }

    /** As a crash between the write and the publication leaves it. */
    private void leaveOnTheOutbox() {
        MessageHidden event = new MessageHidden(conversation, "acme", bob, "left by a crash", 1, null);
        Instant crash = Instant.now().minusSeconds(60);
        Object pending = mongo.getConverter().convertToMongoType(events.pending(event, 1, crash));
        Update left = new Update().push("outbox", pending).set("outboxSince", crash);
        mongo.updateFirst(Query.query(Criteria.where("_id").is(bob + "/" + conversation)), left, "hidden")
                .block();
    }

    @Test
    void leavesTheLastEventOfManyAtOnceRight() {
        String kept = send(alice, "kept");
        List<String> hidden =
                IntStream.range(0, 12).mapToObj(i -> send(alice, "m" + i)).toList();

        Flux.fromIterable(hidden)
                .flatMap(
                        message -> Mono.fromCallable(() -> call(bob, "DELETE", message + "/me"))
                                .subscribeOn(Schedulers.boundedElastic()),
                        hidden.size())
                .doOnNext(answer -> assertThat(answer.status()).as("%s", answer).isEqualTo(204))
                .blockLast();

        List<JsonNode> events = published("message.hidden", hidden.size());
        assertThat(events.get(hidden.size() - 1).path("newest").path("id").asString())
                .isEqualTo(kept);
        assertThat(ids(history(bob))).containsExactly(kept);
    }

    @Test
    void fillsPagesPastWhatIsHidden() {
        List<String> sent =
                IntStream.rangeClosed(1, 40).mapToObj(i -> send(alice, "m" + i)).toList();
        List<Long> visible = new ArrayList<>();
        for (int i = 40; i >= 1; i--) {
            if (i > 5 && i < 30 || i == 38) {
                call(bob, "DELETE", sent.get(i - 1) + "/me");
            } else {
                visible.add((long) i);
            }
        }

        for (int limit : new int[] {1, 3, 7, 15, 16}) {
            assertThat(pages("before", "nextCursor", limit)).containsExactlyElementsOf(visible);
            assertThat(pages("after", "prevCursor", limit)).containsExactlyInAnyOrderElementsOf(visible);
        }
        JsonNode page = as(bob).get(path("?limit=15&direction=after")).body();
        assertThat(page.path("data")).hasSize(15);
        assertThat(page.path("meta").path("hasMore").asBoolean(true)).isFalse();
        assertThat(page.path("meta").path("nextCursor").asString("none")).isEqualTo("none");
    }

    @Test
    void hidesForFormerMembersWhatTheyMaySeeAndForOthersNothing() {
        String first = send(alice, "for Carol too");
        String second = send(alice, "after Carol left");

        assertThat(call(carol, "DELETE", first + "/me").status()).isEqualTo(204);
        assertThat(history(carol)).isEmpty();
        assertThat(call(carol, "DELETE", second + "/me").code()).isEqualTo(NOT_FOUND);
        assertThat(call(stranger, "DELETE", second + "/me").code()).isEqualTo(NOT_A_MEMBER);
        assertThat(call(eve, "DELETE", second + "/me").code()).isEqualTo(NOT_FOUND);
        assertThat(call(alice, "DELETE", "nothing/me").code()).isEqualTo(NOT_FOUND);
    }

    @Test
    void hidesTombstonesAndSystemMessages() {
        String deleted = send(alice, "gone");
        call(alice, "DELETE", deleted);
        String notice = notice(alice, "1", "MEMBERS_ADDED", carol).path("id").asString();

        assertThat(call(bob, "DELETE", deleted + "/me").status()).isEqualTo(204);
        assertThat(ids(history(bob))).containsExactly(notice);
        assertThat(call(bob, "DELETE", notice + "/me").status()).isEqualTo(204);
        assertThat(call(bob, "DELETE", notice + "/me").status()).isEqualTo(204);
        assertThat(history(bob)).isEmpty();
        assertThat(ids(history(alice))).containsExactly(notice, deleted);
    }

    @Test
    void boundsWhatOneUserHidesInAConversation() {
        StubConversations.admit(conversation, bob, Membership.FULL);
        for (int i = 0; i < MAX_HIDDEN; i++) {
            assertThat(call(bob, "DELETE", send(alice, "m" + i) + "/me").status())
                    .isEqualTo(204);
        }
        String more = send(alice, "one more");

        Answer refused = call(bob, "DELETE", more + "/me");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("message.too-many-hidden");
        assertThat(ids(history(bob))).containsExactly(more);
    }

    private List<Long> pages(String direction, String next, int limit) {
        List<Long> seen = new ArrayList<>();
        String query = "?limit=" + limit + "&direction=" + direction;
        JsonNode page = as(bob).get(path(query)).body();
        while (true) {
            page.path("data").forEach(message -> seen.add(message.path("seq").asLong()));
            if (!page.path("meta").path("hasMore").asBoolean()) {
                return seen;
            }
            assertThat(page.path("data")).hasSize(limit);
            String cursor = page.path("meta").path(next).asString();
            page = as(bob).get(path(query + "&cursor=" + cursor)).body();
        }
    }

    private JsonNode list(String user, String path) {
        JsonNode body = as(user).get(path).body();
        return body.has("data") ? body.path("data") : body;
    }

    private String path(String query) {
        return "/api/v1/conversations/" + conversation + "/messages" + query;
    }

    private static List<String> ids(List<JsonNode> messages) {
        return messages.stream().map(message -> message.path("id").asString()).toList();
    }
}
