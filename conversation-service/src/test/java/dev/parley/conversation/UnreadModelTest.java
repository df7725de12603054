package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.ConversationEvent;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessageSnapshot;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.EventSubscription;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.platform.id.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Whatever happens in whatever order, counts are those of somebody who looks at every message. */
class UnreadModelTest extends ConversationServiceTestCase {

    private static final int STEPS = 150;
    private static final int MAX_IN_BATCH = 12;

    @Autowired
    private List<EventSubscription> subscriptions;

    private final Map<String, Long> readUpTo = new HashMap<>();
    private final Map<String, Long> clearedUpTo = new HashMap<>();
    private final Map<String, Set<Long>> hidden = new HashMap<>();
    private final List<ReceivedEvent> history = new ArrayList<>();
    private int handled;
    private TestMessageLog group;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void countsWhatOneWouldCount(long seed) {
        Random random = new Random(seed);
        group = group("Model", bob, carol);
        List<String> members = List.of(alice, bob, carol);
        for (int step = 0; step < STEPS; step++) {
            step(random, members.get(random.nextInt(members.size())));
            if (history.size() - handled >= 1 + random.nextInt(MAX_IN_BATCH)) {
                handle(random);
                members.forEach(this::compare);
            }
        }
    }

    private void step(Random random, String userId) {
        int choice = group.size() == 0 ? 0 : random.nextInt(10);
        if (choice < 5) {
            happens(new MessageCreated(group.send(userId, "text"), null));
        } else if (choice == 5) {
            MessageSnapshot message = group.at(1 + random.nextInt(group.size()));
            if (!TestMessageLog.isDeleted(message)) {
                happens(new MessageDeleted(
                        group.delete(message), message.sender().id()));
            }
        } else if (choice < 8) {
            hide(userId, 1 + random.nextInt(group.size()));
        } else if (choice == 8) {
            long seq = 1 + random.nextInt(group.size());
            if (seq > clearedUpTo.getOrDefault(userId, 0L)) {
                assertThat(read(userId, group, Map.of("messageId", group.at(seq).id())))
                        .isEqualTo(204);
                readUpTo.merge(userId, seq, Math::max);
            }
        } else if (random.nextInt(4) == 0) {
            assertThat(as(userId)
                            .call("DELETE", BASE + "/" + group.conversationId + "/messages", Map.of())
                            .status())
                    .isEqualTo(204);
            readUpTo.put(userId, (long) group.size());
            clearedUpTo.put(userId, (long) group.size());
        }
    }

    private void hide(String userId, long seq) {
        if (sees(userId, seq)) {
            hidden.computeIfAbsent(userId, id -> new HashSet<>()).add(seq);
            happens(new MessageHidden(
                    group.conversationId, "acme", userId, group.at(seq).id(), seq, newest(userId)));
        }
    }

    private boolean sees(String userId, long seq) {
        return seq > clearedUpTo.getOrDefault(userId, 0L)
                && !hidden.getOrDefault(userId, Set.of()).contains(seq);
    }

    private MessageSnapshot newest(String userId) {
        return LongStream.rangeClosed(1, group.size())
                .filter(seq -> sees(userId, seq))
                .mapToObj(group::at)
                .reduce((one, later) -> later)
                .orElse(null);
    }

    private void happens(ConversationEvent event) {
        history.add(new ReceivedEvent(Ids.next(), Instant.now(), event, 0, history.size(), 0));
    }

    /** Now and then what was handled before comes again. */
    private void handle(Random random) {
        EventHandler projection = subscriptions.stream()
                .filter(subscription -> Objects.equals(subscription.group(), "conversation-service"))
                .findFirst()
                .orElseThrow()
                .handler();
        int from = random.nextInt(3) == 0 ? random.nextInt(handled + 1) : handled;
        projection.handle(List.copyOf(history.subList(from, history.size()))).block();
        handled = history.size();
    }

    private void compare(String userId) {
        JsonNode seen = conversation(userId, group);
        long expected = LongStream.rangeClosed(readUpTo.getOrDefault(userId, 0L) + 1, group.size())
                .filter(seq -> sees(userId, seq))
                .mapToObj(group::at)
                .filter(message -> !TestMessageLog.isDeleted(message))
                .filter(message -> !message.sender().id().equals(userId))
                .count();
        assertThat(seen.path("unreadCount").asLong()).isEqualTo(expected);
        MessageSnapshot newest = newest(userId);
        assertThat(seen.path("lastMessage").path("id").asString("none"))
                .isEqualTo(newest == null ? "none" : newest.id());
        assertThat(seen.path("lastMessage").path("status").asString("none"))
                .isEqualTo(newest == null ? "none" : TestMessageLog.isDeleted(newest) ? "deleted" : "sent");
    }
}
