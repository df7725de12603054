package dev.parley.presence.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.device.UserKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/**
 * How many records nodes read and routers write as nodes are added, in both ways of fan-out: the router itself, nodes without
 * sockets. Each node has as many users, and each user sends as much, however many nodes there are. Who is in a conversation is
 * drawn from all users evenly, which is the worst case for directed fan-out.
 */
class FanoutSimulationTest {

    private static final int USERS_PER_NODE = 40;
    private static final int EVENTS_PER_USER = 5;
    private static final long SEED = 45;

    /** Of ten conversations seven are of two users, two of ten, and one of fifty. */
    private static final int[] MIXED = {2, 2, 2, 2, 2, 2, 2, 10, 10, 50};

    private static final int[] DIRECT = {2};

    /** What a run cost. Without what routers tell of their progress, which depends on time alone. */
    private record Cost(int nodes, int events, long written, long mostReadByANode) {

        /** Where every node reads everything. */
        long readByEach() {
            return events;
        }

        String row() {
            return String.format(
                    Locale.ROOT,
                    "| %d | %d | %d | %d | %d | %d | %d | %.1f |",
                    nodes,
                    events,
                    readByEach(),
                    (long) events * nodes,
                    written / nodes,
                    mostReadByANode,
                    written,
                    (double) written / events);
        }
    }

    @Test
    void whatANodeReadsDoesNotGrowWithTheTrafficOfOthers() {
        Cost before = run(4, DIRECT);
        for (int nodes = 8; nodes <= 32; nodes *= 2) {
            Cost doubled = run(nodes, DIRECT);

            assertThat(doubled.events()).isEqualTo(2 * before.events());
            assertThat(doubled.readByEach()).isEqualTo(2 * before.readByEach());
            // Each event goes to the nodes of two members at most, so a node reads what its own users send and are
            // sent.
            assertThat(doubled.written()).isLessThanOrEqualTo(2L * doubled.events());
            assertThat(doubled.mostReadByANode()).isLessThan(2 * USERS_PER_NODE * EVENTS_PER_USER * 3 / 2);
            before = doubled;
        }
    }

    @Test
    void oneTableUpToFiftyNodes() {
        List<Cost> costs = IntStream.of(1, 2, 4, 8, 16, 32, 50)
                .mapToObj(nodes -> run(nodes, MIXED))
                .toList();

        System.out.println(
                "| nodes | events | a node reads, everything | all nodes read | a node reads, directed | the most of one |"
                        + " written to inboxes | nodes for an event |");
        costs.forEach(cost -> System.out.println(cost.row()));
        assertThat(costs).allSatisfy(cost -> assertThat(cost.written())
                .isLessThanOrEqualTo((long) cost.events() * cost.nodes()));
        Cost most = costs.get(costs.size() - 1);
        assertThat(most.mostReadByANode() * 4).isLessThan(most.readByEach());
    }

    private static Cost run(int nodes, int[] sizes) {
        int users = nodes * USERS_PER_NODE;
        List<List<Integer>> conversations = conversations(users, sizes, new Random(SEED));
        long[] read = new long[nodes];
        RoutedTopic topic = new RoutedTopic();
        EventRouter router = new EventRouter(RoutedTopic.CODEC, RoutedTopic.SETTINGS, new Counting(read));
        router.assigned(0, 1, 0, 0);
        tellInterest(router, users, nodes, conversations);
        int events = users * EVENTS_PER_USER;
        Random random = new Random(SEED + 1);
        for (int seq = 1; seq <= events; seq++) {
            router.event(topic.add(0, RoutedTopic.text(id(random.nextInt(conversations.size())), seq)));
        }
        return new Cost(
                nodes,
                events,
                IntStream.range(0, nodes).mapToLong(node -> read[node]).sum(),
                IntStream.range(0, nodes).mapToLong(node -> read[node]).max().orElseThrow());
    }

    /** About five for each user, with their members. */
    private static List<List<Integer>> conversations(int users, int[] sizes, Random random) {
        List<List<Integer>> conversations = new ArrayList<>();
        for (int i = 0; i < users * 2; i++) {
            int size = Math.min(users, sizes[i % sizes.length]);
            conversations.add(
                    random.ints(0, users).distinct().limit(size).boxed().toList());
        }
        return conversations;
    }

    private static void tellInterest(EventRouter router, int users, int nodes, List<List<Integer>> conversations) {
        List<List<String>> ofUser = IntStream.range(0, users)
                .mapToObj(user -> (List<String>) new ArrayList<String>())
                .toList();
        for (int i = 0; i < conversations.size(); i++) {
            for (int user : conversations.get(i)) {
                ofUser.get(user).add(id(i));
            }
        }
        for (int user = 0; user < users; user++) {
            int node = user % nodes;
            router.interested(
                    user,
                    new InterestRecord(
                            "node-" + node,
                            node,
                            RoutedTopic.TENANT,
                            "user-" + user,
                            ofUser.get(user),
                            List.of(),
                            false));
        }
    }

    private static String id(int conversation) {
        return "conversation-" + conversation;
    }

    private record Counting(long[] read) implements RouterOutput {

        @Override
        public void event(int inbox, Envelope envelope, ConsumerRecord<String, byte[]> event) {
            read[inbox]++;
        }

        @Override
        public void progress(int inbox, Envelope envelope, Progress progress) {}

        @Override
        public void struckOut(int inbox, Envelope envelope, Collection<UserKey> users) {}
    }
}
