package dev.parley.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.PresenceChanged;
import dev.parley.events.PresenceChanged.Status;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.online.PresenceTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresenceTableTest {

    private static final String TENANT = "acme";

    private final PresenceTable table = new PresenceTable();

    @Test
    void aUserHasTheBestStatusOfAllNodes() {
        assertThat(publish("one", "bob", Status.ONLINE, 1))
                .contains(change("bob", Status.OFFLINE, Status.ONLINE, null));
        assertThat(publish("two", "bob", Status.AWAY, 2)).isEmpty();
        assertThat(publish("one", "bob", Status.AWAY, 3)).contains(change("bob", Status.ONLINE, Status.AWAY, null));
        assertThat(publish("two", "bob", Status.ONLINE, 4)).contains(change("bob", Status.AWAY, Status.ONLINE, null));
        assertThat(publish("two", "bob", Status.OFFLINE, 5)).contains(change("bob", Status.ONLINE, Status.AWAY, null));
        assertThat(table.statusOf(new UserKey(TENANT, "bob"))).isEqualTo(Status.AWAY);
        assertThat(table.statusOf(new UserKey("another", "bob"))).isEqualTo(Status.OFFLINE);
    }

    @Test
    void lastSeenAtIsWhenTheLastDeviceDisconnectedWhicheverNodePublishesLast() {
        publish("one", "bob", Status.ONLINE, 1);
        publish("two", "bob", Status.ONLINE, 1);

        assertThat(publish("one", "bob", Status.OFFLINE, 9)).isEmpty();
        assertThat(publish("two", "bob", Status.OFFLINE, 7)).contains(change("bob", Status.ONLINE, Status.OFFLINE, 9L));
        assertThat(publish("two", "bob", Status.OFFLINE, 7)).isEmpty();
        assertThat(table.size()).isZero();
    }

    @Test
    void usersGoOfflineWithTheirNodeUnlessTheyAreOnlineAtAnother() {
        publish("one", "bob", Status.ONLINE, 1);
        publish("one", "carol", Status.ONLINE, 1);
        publish("two", "carol", Status.AWAY, 1);
        publish("two", "dave", Status.ONLINE, 1);

        assertThat(table.removeNode("one", at(5)))
                .containsExactlyInAnyOrder(
                        change("bob", Status.ONLINE, Status.OFFLINE, 5L),
                        change("carol", Status.ONLINE, Status.AWAY, null));
        assertThat(table.removeNode("one", at(6))).isEmpty();
    }

    /** Whatever the nodes publish, again and again and in any order: the transitions always lead to the true status. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void transitionsAddUp(long seed) {
        Random random = new Random(seed);
        List<String> nodes = List.of("one", "two", "three");
        List<String> users = List.of("alice", "bob", "carol", "dave");
        Map<String, Map<String, Status>> model = new HashMap<>();
        Map<String, Status> seen = new HashMap<>();
        Map<String, Long> newest = new HashMap<>();
        for (int step = 1; step <= 5_000; step++) {
            String node = nodes.get(random.nextInt(nodes.size()));
            List<PresenceTransition> changes;
            if (random.nextInt(50) == 0) {
                changes = table.removeNode(node, at(step));
                for (String user : users) {
                    if (model.getOrDefault(user, Map.of()).containsKey(node)) {
                        model.get(user).remove(node);
                        newest.put(user, (long) step);
                    }
                }
            } else {
                String user = users.get(random.nextInt(users.size()));
                Status status = Status.values()[random.nextInt(Status.values().length)];
                changes = new ArrayList<>(
                        publish(node, user, status, step).stream().toList());
                Map<String, Status> ofUser = model.computeIfAbsent(user, id -> new HashMap<>());
                if (status == Status.OFFLINE) {
                    ofUser.remove(node);
                    newest.put(user, (long) step);
                } else {
                    ofUser.put(node, status);
                }
            }
            for (PresenceTransition change : changes) {
                assertThat(change.before())
                        .isEqualTo(seen.getOrDefault(change.user().userId(), Status.OFFLINE));
                assertThat(change.now()).isNotEqualTo(change.before());
                assertThat(change.lastSeenAt())
                        .isEqualTo(
                                change.wentOffline()
                                        ? at(newest.get(change.user().userId()))
                                        : null);
                seen.put(change.user().userId(), change.now());
            }
            for (String user : users) {
                Status expected = model.getOrDefault(user, Map.of()).values().stream()
                        .min(Status::compareTo)
                        .orElse(Status.OFFLINE);
                assertThat(seen.getOrDefault(user, Status.OFFLINE)).isEqualTo(expected);
                assertThat(table.statusOf(new UserKey(TENANT, user))).isEqualTo(expected);
            }
        }
    }

    private Optional<PresenceTransition> publish(String node, String user, Status status, long second) {
        return table.apply(new PresenceChanged(node, user, TENANT, status, at(second), null));
    }

    private static PresenceTransition change(String user, Status before, Status now, Long second) {
        return new PresenceTransition(new UserKey(TENANT, user), before, now, second == null ? null : at(second));
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
