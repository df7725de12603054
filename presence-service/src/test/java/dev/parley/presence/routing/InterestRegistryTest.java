package dev.parley.presence.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.platform.error.ApiException;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.stream.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

/** There is one partition, and so one router. */
class InterestRegistryTest {

    private static final UserKey ALICE = new UserKey(RoutedTopic.TENANT, "alice");
    private static final UserKey ANNA = new UserKey(RoutedTopic.TENANT, "anna");

    private final RecordingPublisher published = new RecordingPublisher();
    private final InterestRegistry registry = new InterestRegistry(published, RoutedTopic.SETTINGS);
    private final InboxProgress progress = new InboxProgress(1);

    @Test
    void whoComesBeforeTheInboxIsReadWaitsForIt() throws Exception {
        CompletableFuture<Void> answer = registry.inUser(ALICE).toFuture();
        assertThat(published.interests).isEmpty();

        begin();
        routerKnows(1, -1, 0);

        await(answer);
        assertThat(published.interests.get(0).about()).isTrue();
    }

    @Test
    void asksForWhatIsRecentOnlyWhereNoOtherUserHasIt() throws Exception {
        begin();
        CompletableFuture<Void> first =
                registry.inConversations(ALICE, List.of("x")).toFuture();
        routerKnows(1, -1, 0);
        await(first);

        CompletableFuture<Void> second =
                registry.inConversations(ANNA, List.of("x")).toFuture();
        await(second);
        registry.inConversations(ANNA, List.of("x", "y")).toFuture();

        assertThat(published.interests)
                .extracting(InterestRecord::missing)
                .containsExactly(List.of("x"), List.of(), List.of("y"));
        assertThat(published.interests)
                .extracting(interest -> Set.copyOf(interest.conversationIds()))
                .containsExactly(Set.of("x"), Set.of("x"), Set.of("x", "y"));
    }

    @Test
    void asksANewRouterAgainWhichWroteNothingThatIsRecent() throws Exception {
        begin();
        CompletableFuture<Void> answer =
                registry.inConversations(ALICE, List.of("x")).toFuture();

        routerKnows(2, 0, 0);
        assertThat(answer).isNotDone();
        assertThat(published.interests).hasSize(2);
        routerKnows(2, 0, 1);

        await(answer);
    }

    @Test
    void tellsTheRoutersWhereAUserBecomesAMemberAndWhereNoMore() throws Exception {
        begin();
        CompletableFuture<Void> answer = registry.inUser(ALICE).toFuture();
        routerKnows(1, -1, 0);
        await(answer);

        registry.opened(RoutedTopic.TENANT, "x", List.of("alice", "somebody else"));
        registry.opened(RoutedTopic.TENANT, "x", List.of("alice"));
        registry.left(RoutedTopic.TENANT, "x", List.of("alice"));

        assertThat(published.interests)
                .extracting(InterestRecord::conversationIds)
                .containsExactly(List.of(), List.of("x"), List.of());
    }

    @Test
    void whatWasAnsweredDoesNotCountAnyMoreWhenTheInboxIsLost() {
        begin();
        long epoch = registry.epoch();
        CompletableFuture<Void> waiting = registry.inUser(ALICE).toFuture();

        registry.end();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
                .withCauseInstanceOf(ApiException.class);
        assertThat(registry.epoch()).isNotEqualTo(epoch);
        assertThat(registry.size()).isZero();
    }

    @Test
    void aNodeThatCannotTellTheRoutersWhatItNeedsMustStartAgain() {
        begin();
        registry.requireTold();
        published.fails = true;

        CompletableFuture<Void> answer = registry.inUser(ALICE).toFuture();

        assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> answer.get(20, TimeUnit.SECONDS));
        assertThatExceptionOfType(InboxLostException.class).isThrownBy(registry::requireTold);
    }

    private void begin() {
        registry.begin(new NodeRecord("a", 1), progress, 1);
    }

    private void routerKnows(int generation, long loaded, long interest) {
        progress.advance(new Progress.OfPartition(0, generation, loaded, 5, 0), interest);
        registry.progressed(StreamPosition.of(5));
    }

    private static void await(CompletableFuture<Void> answer) throws Exception {
        answer.get(20, TimeUnit.SECONDS);
    }

    /** Stores at once. */
    private static final class RecordingPublisher extends InterestPublisher {

        private final List<InterestRecord> interests = new ArrayList<>();
        private boolean fails;

        private RecordingPublisher() {
            super(new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(Map.of())), new JsonMapper());
        }

        @Override
        CompletableFuture<Long> interested(InterestRecord interest) {
            if (fails) {
                return CompletableFuture.failedFuture(new IllegalStateException("No room"));
            }
            interests.add(interest);
            return CompletableFuture.completedFuture(interests.size() - 1L);
        }
    }
}
