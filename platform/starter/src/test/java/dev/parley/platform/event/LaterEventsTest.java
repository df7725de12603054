package dev.parley.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationEvent;
import dev.parley.events.ConversationKind;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import dev.parley.events.PresenceChanged;
import dev.parley.events.SenderKind;
import dev.parley.events.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Events as versions after this one may write them. */
class LaterEventsTest {

    private static final Path LATER = Path.of("src/test/resources/events/later");
    private static final JsonMapper JSON = ServiceJson.mapper();

    private final EventCodec codec = new EventCodec(JSON, "/parley/test");

    @ParameterizedTest
    @ValueSource(strings = {"block", "block-members", "notice-kind", "values", "conversation-values"})
    void whatIsUnknownIsWrittenAsItCame(String name) {
        RecordedEvent later = later(name);

        ReceivedEvent read = codec.decode(later.at(1)).orElseThrow();

        assertThat(JSON.readTree(codec.pending(read.data()).data())).isEqualTo(later.data());
    }

    @Test
    void anUnknownBlockIsOneAmongOthersAndShowsItsText() {
        List<Block> blocks = message("block").blocks();

        assertThat(blocks.get(0)).isEqualTo(Block.Text.plain("Hello"));
        assertThat(blocks.get(1)).isInstanceOfSatisfying(Block.Unknown.class, poll -> {
            assertThat(poll.type()).isEqualTo("poll");
            assertThat(poll.text()).contains("Lunch?");
        });
        assertThat(blocks.get(2)).isInstanceOfSatisfying(Block.Unknown.class, shape -> assertThat(shape.text())
                .isEmpty());
    }

    @Test
    void anUnknownNoticeKindSaysWhomItIsAboutAndIsNoneOfThoseThatChangeMemberships() {
        Block.Notice notice = message("notice-kind").notice().orElseThrow();

        assertThat(notice.plainText()).isEqualTo("Ann muted Bob for an hour");
        assertThat(notice.members()).extracting(member -> member.user().id()).containsExactly("u-bob");
        assertThat(notice.kind().name()).isEqualTo("MEMBERS_MUTED");
        assertThat(notice.kind().effect()).isEqualTo(Block.NoticeKind.Effect.NONE);
    }

    @Test
    void unknownValuesAreNoneOfThoseThatAreKnown() {
        MessageSnapshot message = message("values");
        assertThat(message.senderKind())
                .isEqualTo(SenderKind.of("AGENT"))
                .isNotIn(SenderKind.USER, SenderKind.BOT, SenderKind.SYSTEM);
        assertThat(message.blocks().get(0))
                .isInstanceOfSatisfying(
                        Block.Text.class, text -> assertThat(text.plainText()).isEqualTo("Hello"));
        ConversationCreated created = (ConversationCreated) read("conversation-values");
        assertThat(created.kind()).isNotIn(ConversationKind.DIRECT, ConversationKind.GROUP, ConversationKind.SELF);
        assertThat(created.participants().get(0).role()).isNotIn(Participant.Role.ADMIN, Participant.Role.MEMBER);
    }

    @Test
    void knownValuesAreTheSameObjects() {
        MessageSnapshot message = ((MessageCreated) EventSamples.all().get("message.created-media")).message();

        MessageSnapshot read = JSON.readValue(JSON.writeValueAsBytes(message), MessageSnapshot.class);

        assertThat(read.senderKind()).isSameAs(SenderKind.USER);
        assertThat(((Block.Media) read.blocks().get(1)).kind()).isSameAs(Block.MediaKind.VIDEO);
    }

    @Test
    void unknownMembersOfAnEventAreIgnored() {
        RecordedEvent known = later("block");
        ObjectNode grown = (ObjectNode) known.data().deepCopy();
        grown.put("priority", "high");
        ((ObjectNode) grown.path("message")).putObject("translation").put("language", "de");
        ((ObjectNode) grown.path("message").path("sender")).put("pronouns", "she");

        RecordedEvent later = new RecordedEvent(known.topic(), known.key(), known.headers(), grown);

        assertThat(codec.decode(later.at(1)).orElseThrow().data()).isEqualTo(read("block"));
    }

    @Test
    void anUnknownStatusIsAWayOfBeingThere() {
        ObjectNode busy = JSON.valueToTree(EventSamples.all().get("presence.changed"));
        busy.put("status", "BUSY");

        assertThat(JSON.treeToValue(busy, PresenceChanged.class).status()).isEqualTo(PresenceChanged.Status.AWAY);
    }

    @Test
    void whatIsUnknownInABatchLosesNothingOfIt() {
        List<RecordedEvent> batch = Stream.of("values", "block", "type", "notice-kind", "block-members")
                .map(LaterEventsTest::later)
                .toList();
        List<ReceivedEvent> handled = new ArrayList<>();
        List<Map<Integer, Long>> progress = new ArrayList<>();
        EventHandler handler = new EventHandler() {
            @Override
            public Mono<Void> handle(List<ReceivedEvent> events) {
                handled.addAll(events);
                return Mono.empty();
            }

            @Override
            public void onProgress(String topic, Map<Integer, Long> offsets) {
                progress.add(offsets);
            }
        };
        List<ConsumerRecord<String, byte[]>> records = IntStream.range(0, batch.size())
                .mapToObj(offset -> batch.get(offset).at(offset))
                .toList();

        new EventBatchListener(
                        handler,
                        codec,
                        new ConsumerMetrics(
                                new SimpleMeterRegistry(),
                                "later",
                                EventSubscription.broadcast(Topics.CONVERSATIONS, handler)))
                .onMessage(records);

        assertThat(handled).extracting(ReceivedEvent::offset).containsExactly(0L, 1L, 3L, 4L);
        assertThat(progress).containsExactly(Map.of(0, 4L));
    }

    private ConversationEvent read(String name) {
        return (ConversationEvent) codec.decode(later(name).at(1)).orElseThrow().data();
    }

    private MessageSnapshot message(String name) {
        ConversationEvent event = read(name);
        return event instanceof MessageChange change ? change.message() : ((MessageCreated) event).message();
    }

    private static RecordedEvent later(String name) {
        return JSON.readValue(LATER.resolve(name + ".json"), RecordedEvent.class);
    }
}
