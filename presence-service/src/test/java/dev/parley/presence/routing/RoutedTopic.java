package dev.parley.presence.routing;

import dev.parley.events.Block;
import dev.parley.events.Block.NoticeKind;
import dev.parley.events.ConversationEvent;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import dev.parley.events.SenderKind;
import dev.parley.events.Topics;
import dev.parley.events.UserSummary;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import dev.parley.presence.PresenceSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** The topic of conversations, as a router reads it. */
final class RoutedTopic {

    static final String TENANT = "acme";
    static final EventCodec CODEC = new EventCodec(new JsonMapper(), "/parley/test");
    static final PresenceSettings SETTINGS = new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("parley.presence", PresenceSettings.class);

    private final Map<Integer, Long> ends = new HashMap<>();

    ConsumerRecord<String, byte[]> add(int partition, ConversationEvent event) {
        return add(partition, CODEC.pending(event));
    }

    ConsumerRecord<String, byte[]> add(int partition, PendingEvent event) {
        long offset = ends.merge(partition, 1L, Long::sum) - 1;
        ConsumerRecord<String, byte[]> added = new ConsumerRecord<>(
                Topics.CONVERSATIONS,
                partition,
                offset,
                event.key(),
                event.data().getBytes(StandardCharsets.UTF_8));
        header(added, "ce_id", event.id());
        header(added, "ce_type", event.type());
        header(added, "ce_time", event.time().toString());
        return added;
    }

    private static void header(ConsumerRecord<?, ?> to, String name, String value) {
        to.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    static MessageCreated text(String conversationId, long seq) {
        return message(conversationId, seq, Block.Text.plain("text " + seq));
    }

    static MessageCreated added(String conversationId, long seq, String... userIds) {
        List<Participant> members = Arrays.stream(userIds)
                .map(id -> new Participant(user(id), Participant.Role.MEMBER, Instant.now()))
                .toList();
        return message(conversationId, seq, new Block.Notice(NoticeKind.MEMBERS_ADDED, members, "They came"));
    }

    private static MessageCreated message(String conversationId, long seq, Block block) {
        return new MessageCreated(
                new MessageSnapshot(
                        conversationId + "-" + seq,
                        TENANT,
                        conversationId,
                        seq,
                        seq,
                        1,
                        user("sender"),
                        block instanceof Block.Notice ? SenderKind.SYSTEM : SenderKind.USER,
                        null,
                        List.of(block),
                        null,
                        List.of(),
                        Instant.now(),
                        null),
                null);
    }

    private static UserSummary user(String id) {
        return new UserSummary(id, id, "Name of " + id, null);
    }
}
