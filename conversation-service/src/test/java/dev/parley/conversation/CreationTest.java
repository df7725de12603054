package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationKind;
import dev.parley.events.Topics;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.test.TopicReader;
import dev.parley.platform.test.Until;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import tools.jackson.databind.JsonNode;

class CreationTest extends MembershipTestCase {

    @Autowired
    private MembershipStore memberships;

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Autowired
    private EventCodec events;

    @Test
    void admitsAllParticipantsBeforeItAnswers() {
        String[] crowd = crowd(200);

        String group = group(crowd);

        assertThat(memberships.ofConversation(group).count().block()).isEqualTo(201);
    }

    @Test
    void othersHearOfAConversationBeforeItsCreatorHasIt() {
        String group = group(bob);
        long answeredAt = System.currentTimeMillis();

        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            var event = topic.await(group, 1, message -> true).get(0);
            assertThat(event.value()).contains(alice, bob);
            assertThat(event.timestamp()).isLessThanOrEqualTo(answeredAt);
        }
    }

    @Test
    void thoseWhoPublishMessagesAreGivenTheCreationUntilItIsPublished() {
        String group = group(bob);
        Until.satisfied(
                () -> assertThat(access(bob, group).body().has("creation")).isFalse());
        PendingEvent creation = leaveUnpublished(group);

        for (String member : List.of(alice, bob)) {
            JsonNode given = access(member, group).body().path("creation");
            assertThat(given.path("id").asString()).isEqualTo(creation.id());
            assertThat(given.path("type").asString()).isEqualTo("conversation.created");
            assertThat(given.path("data").asString()).isEqualTo(creation.data());
        }
        assertThat(add(alice, group, carol).status()).isEqualTo(200);
        assertThat(StubSystemMessages.asked(group)
                        .get(0)
                        .path("creation")
                        .path("id")
                        .asString())
                .isEqualTo(creation.id());
        // The change publishes all that the conversation has to publish.
        Until.satisfied(
                () -> assertThat(access(bob, group).body().has("creation")).isFalse());
        add(alice, group, dave);
        assertThat(StubSystemMessages.asked(group).get(1).has("creation")).isFalse();
    }

    @Test
    void aGroupOfBeforeThereWereFingerprintsIsGivenForItsKeyWhateverIsAskedFor() {
        var keyed = as(alice).with("Idempotency-Key", "old");
        String group = id(keyed.post(BASE + "/group", Map.of("name", "Old", "participantIds", List.of(bob)))
                .body());
        Map<String, Object> other = Map.of("name", "New", "participantIds", List.of());
        assertThat(keyed.post(BASE + "/group", other).code()).isEqualTo("request.key-reused");

        mongo.updateFirst(
                        Query.query(Criteria.where("_id").is(group)),
                        new Update().unset("fingerprint"),
                        Conversation.class)
                .block();

        assertThat(id(keyed.post(BASE + "/group", other).body())).isEqualTo(group);
    }

    /** As a broker that is away leaves it. */
    private PendingEvent leaveUnpublished(String group) {
        Instant now = ConversationUpdates.now();
        PendingEvent creation = events.pending(
                new ConversationCreated(group, "acme", ConversationKind.GROUP, "Team", null, alice, List.of(), now),
                0,
                now);
        Update left = new Update().push("outbox", creation).set("outboxSince", now);
        mongo.updateFirst(Query.query(Criteria.where("_id").is(group)), left, Conversation.class)
                .block();
        return creation;
    }

    @Test
    void aDirectConversationThatTheCallerDeletedIsThereAgainWithoutItsHistory() {
        String direct =
                id(as(alice).post(BASE + "/direct", Map.of("userId", bob)).body());
        hide(direct, alice, 6);

        assertThat(id(as(alice).post(BASE + "/direct", Map.of("userId", bob)).body()))
                .isEqualTo(direct);

        Membership alices = memberships.of(direct, alice).block();
        assertThat(alices.personal().hidden()).isFalse();
        assertThat(windows(alice, direct)).containsExactly("7-");
        assertThat(windows(bob, direct)).containsExactly("1-");
        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            String event = topic.await(
                            direct, 1, message -> TopicReader.type(message).equals("conversation.returned"))
                    .get(0)
                    .value();
            assertThat(event).contains(alice).doesNotContain(bob);
        }
    }

    @Test
    void whatTheOtherSideDeletedStaysAwayFromThem() {
        String direct =
                id(as(alice).post(BASE + "/direct", Map.of("userId", bob)).body());
        hide(direct, bob, 6);

        as(alice).post(BASE + "/direct", Map.of("userId", bob));

        assertThat(memberships.of(direct, bob).block().personal().hidden()).isTrue();
    }

    /** As deleting for oneself leaves it. */
    private void hide(String conversation, String userId, long clearedSeq) {
        Update hidden = new Update().set("personal.hidden", true).set("personal.clearedSeq", clearedSeq);
        Query membership = Query.query(Criteria.where("_id").is(Membership.id(conversation, userId)));
        mongo.updateFirst(membership, hidden, "memberships").block();
    }
}
