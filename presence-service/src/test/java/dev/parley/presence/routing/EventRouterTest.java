package dev.parley.presence.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.event.PendingEvent;
import dev.parley.presence.device.UserKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Node "a" reads inbox 1, node "b" inbox 2. */
class EventRouterTest {

    private static final int GENERATION = 7;

    private final RoutedTopic topic = new RoutedTopic();
    private final List<String> written = new ArrayList<>();
    private final EventRouter router = newRouter();
    private long interestOffset;

    private EventRouter newRouter() {
        return new EventRouter(RoutedTopic.CODEC, RoutedTopic.SETTINGS, new RouterOutput() {
            @Override
            public void event(int inbox, Envelope envelope, ConsumerRecord<String, byte[]> event) {
                written.add("%d %s %s %d@%d"
                        .formatted(inbox, envelope.kind(), event.key(), envelope.offset(), envelope.generation()));
            }

            @Override
            public void progress(int inbox, Envelope envelope, Progress progress) {
                written.add("%d PROGRESS %d %s"
                        .formatted(
                                inbox,
                                progress.interest(),
                                progress.partitions().stream()
                                        .map(one -> one.loaded() + "/" + one.position())
                                        .toList()));
            }

            @Override
            public void struckOut(int inbox, Envelope envelope, Collection<UserKey> users) {
                written.add("%d STRUCK_OUT %s".formatted(inbox, users));
            }
        });
    }

    @BeforeEach
    void begin() {
        router.assigned(0, GENERATION, 0, 0);
        router.alive(new NodeRecord("a", 1));
        router.alive(new NodeRecord("b", 2));
        written.clear();
    }

    @Test
    void writesAnEventOnceToEachNodeThatHasMembers() {
        interested("a", 1, "alice", "x");
        interested("a", 1, "anna", "x", "y");
        interested("b", 2, "bob", "y");
        written.clear();

        router.event(topic.add(0, RoutedTopic.text("x", 1)));
        router.event(topic.add(0, RoutedTopic.text("y", 1)));
        router.event(topic.add(0, RoutedTopic.text("z", 1)));

        assertThat(written).containsExactlyInAnyOrder("1 EVENT x 0@7", "1 EVENT y 1@7", "2 EVENT y 1@7");
    }

    @Test
    void writesWhatIsRecentBeforeItAnswersThatItKnowsOfAnInterest() {
        router.event(topic.add(0, RoutedTopic.text("x", 1)));
        router.event(topic.add(0, RoutedTopic.text("y", 1)));
        router.event(topic.add(0, RoutedTopic.added("w", 1, "alice")));

        router.interested(0, record("a", 1, "alice", List.of("x"), List.of("x"), true));
        router.event(topic.add(0, RoutedTopic.text("x", 2)));

        assertThat(written).containsExactly("1 PAST x 0@7", "1 PAST w 2@7", "1 PROGRESS 0 [-1/2]", "1 EVENT x 3@7");
    }

    @Test
    void aMemberWhoWasJustAddedGetsWhatComesNextThoughTheNodeDidNotTellYet() {
        interested("a", 1, "alice");
        written.clear();

        router.event(topic.add(0, RoutedTopic.added("x", 1, "alice")));
        router.event(topic.add(0, RoutedTopic.text("x", 2)));
        // Told before the node had read the notice.
        interested("a", 1, "alice", "y");
        written.clear();
        router.event(topic.add(0, RoutedTopic.text("x", 3)));

        assertThat(written).containsExactly("1 EVENT x 2@7");
    }

    @Test
    void aNewRouterBeginsWhereTheOldOneCommittedAndKnowsWhatNoticesBeforeThatSaid() {
        EventRouter next = newRouter();
        next.interested(0, record("a", 1, "alice", List.of(), List.of(), false));
        next.assigned(0, 8, 0, 2);

        next.event(topic.add(0, RoutedTopic.added("x", 1, "alice")));
        assertThat(written).isEmpty();
        next.event(topic.add(0, RoutedTopic.text("x", 2)));
        next.event(topic.add(0, RoutedTopic.text("x", 3)));
        next.interested(1, record("b", 2, "bob", List.of("x"), List.of("x"), false));

        assertThat(written)
                .containsExactly(
                        "1 PROGRESS 0 [0/1]",
                        "1 EVENT x 2@8",
                        "2 PAST x 0@8",
                        "2 PAST x 1@8",
                        "2 PAST x 2@8",
                        "2 PROGRESS 1 [0/2]");
    }

    @Test
    void routesARepeatedEventOnce() {
        interested("a", 1, "alice", "x");
        written.clear();
        PendingEvent event = RoutedTopic.CODEC.pending(RoutedTopic.text("x", 1));

        router.event(topic.add(0, event));
        router.event(topic.add(0, event));

        assertThat(written).containsExactly("1 EVENT x 0@7");
    }

    @Test
    void writesNothingForUsersWhoAreGone() {
        interested("a", 1, "alice", "x");
        interested("b", 2, "bob", "x");
        router.gone(interestOffset++, new InterestKey("a", RoutedTopic.TENANT, "alice"));
        written.clear();

        router.event(topic.add(0, RoutedTopic.text("x", 1)));

        assertThat(written).containsExactly("2 EVENT x 0@7");
    }

    @Test
    void strikesOutANodeThatIsSilentAndTellsItSo() {
        interested("a", 1, "alice", "x");
        interested("b", 2, "bob", "x");
        written.clear();
        for (int tick = 0; tick < 7; tick++) {
            router.alive(new NodeRecord("a", 1));
            router.tick();
        }

        router.event(topic.add(0, RoutedTopic.text("x", 1)));
        interested("b", 2, "bob", "x");

        assertThat(written)
                .containsExactly("2 STRUCK_OUT [" + new UserKey(RoutedTopic.TENANT, "bob") + "]", "1 EVENT x 0@7");
    }

    @Test
    void tellsNodesHowFarItHasComeOnlyWhenItWentOn() {
        router.event(topic.add(0, RoutedTopic.text("x", 1)));
        router.writeProgress();
        router.writeProgress();

        assertThat(written).containsExactlyInAnyOrder("1 PROGRESS -1 [-1/0]", "2 PROGRESS -1 [-1/0]");
    }

    private void interested(String node, int inbox, String userId, String... conversationIds) {
        router.interested(interestOffset++, record(node, inbox, userId, List.of(conversationIds), List.of(), false));
    }

    private static InterestRecord record(
            String node, int inbox, String userId, List<String> conversationIds, List<String> missing, boolean about) {
        return new InterestRecord(node, inbox, RoutedTopic.TENANT, userId, conversationIds, missing, about);
    }
}
