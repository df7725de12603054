package dev.parley.message.messagelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.SenderKind;
import dev.parley.events.Topics;
import dev.parley.events.UserSummary;
import dev.parley.message.encryption.MessageEncryption;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessageStore;
import dev.parley.platform.encryption.MessageContent;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.id.Ids;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.EveryQueryHasAnIndex;
import dev.parley.platform.test.TopicReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Several instances that write in the same conversation, each with a log of its own. */
@SpringBootTest(properties = {"spring.config.name=message-service", "server.port=0"})
@ExtendWith(EveryQueryHasAnIndex.class)
class MessageLogTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LONGEST = Duration.ofSeconds(120);

    @Autowired
    private MessageStore store;

    @Autowired
    private Outbox outbox;

    @Autowired
    private EventCodec events;

    @Autowired
    private LogSettings settings;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private MessageEncryption encryption;

    private final String conversation = Ids.next();
    private MessageLog one;
    private MessageLog other;

    @DynamicPropertySource
    static void parts(DynamicPropertyRegistry properties) {
        EmbeddedParts.register(properties);
    }

    @BeforeEach
    void twoInstances() {
        one = newInstance();
        other = newInstance();
    }

    private MessageLog newInstance() {
        return new MessageLog(
                new BatchWriter(store, events, encryption, new OrderedPublisher(store, outbox), meters),
                settings,
                meters);
    }

    @Test
    void numbersWhatManySendersWriteByTwoInstancesWithoutGaps() {
        int count = 240;

        Flux.range(0, count)
                .flatMap(i -> append(i % 2 == 0 ? one : other, message("sender-" + i % 7, i)), 24)
                .blockLast(LONGEST);

        verify(count);
    }

    @Test
    void goesOnNumberingAfterARestart() {
        Flux.range(0, 30)
                .concatMap(i -> append(one, message("sender-" + i % 3, i)))
                .blockLast(LONGEST);

        MessageLog restarted = newInstance();
        Flux.range(30, 30)
                .concatMap(i -> append(restarted, message("sender-" + i % 4, i)))
                .blockLast(LONGEST);

        verify(60);
    }

    @Test
    void seesWhatTheOtherInstanceWroteInTurns() {
        Flux.range(0, 40)
                .concatMap(i -> append(i % 2 == 0 ? one : other, message("sender-" + i % 3, i)))
                .blockLast(LONGEST);

        verify(40);
    }

    @Test
    void numbersTheMessagesOfMoreSendersThanItRemembers() {
        int senders = LogEnd.MAX_SENDERS + 50;

        for (int round = 0; round < 2; round++) {
            int first = round * senders;
            Flux.range(first, senders)
                    .flatMap(i -> append(one, message("sender-" + i % senders, i)), 64)
                    .blockLast(LONGEST);
        }

        verify(2 * senders);
    }

    @Test
    void storesARepeatedSendOnceWhicheverInstanceItReaches() {
        List<String> ids = Flux.range(0, 40)
                .flatMap(i -> append(i % 2 == 0 ? one : other, message("sender", "the same")), 40)
                .map(Message::id)
                .distinct()
                .collectList()
                .block(LONGEST);

        assertThat(ids).hasSize(1);
        verify(1);
    }

    /** No gap, no number twice, and each ordinal the count that it stands for; on the topic in order. */
    private void verify(int count) {
        List<Message> stored = store.between(
                        conversation,
                        0,
                        Long.MAX_VALUE,
                        org.springframework.data.domain.Sort.Direction.ASC,
                        count + 1,
                        false)
                .collectList()
                .block(LONGEST);
        assertThat(stored)
                .extracting(Message::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, count).boxed().toList());
        long ordinal = 0;
        Map<String, Long> bySender = new HashMap<>();
        for (Message message : stored) {
            long step = message.isSystemMessage() ? 0 : 1;
            ordinal += step;
            assertThat(message.position().ordinal())
                    .as("ordinal at %d", message.seq())
                    .isEqualTo(ordinal);
            assertThat(message.position().senderOrdinal())
                    .as("sender ordinal at %d", message.seq())
                    .isEqualTo(bySender.merge(message.senderId(), step, Long::sum));
        }
        assertThat(publishedSeqs(count))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, count).boxed().toList());
    }

    private List<Long> publishedSeqs(int count) {
        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            List<Long> all = List.of();
            for (int records = count; all.size() < count; records++) {
                all = topic.await(conversation, records, event -> true).stream()
                        .map(event -> seq(JSON.readTree(event.value())))
                        .distinct()
                        .toList();
            }
            return all;
        }
    }

    private static long seq(JsonNode event) {
        return event.path("message").path("seq").asLong();
    }

    private static Mono<Message> append(MessageLog log, NewMessage message) {
        return log.append(message).subscribeOn(Schedulers.parallel());
    }

    /** Every fifth is a system message. */
    private NewMessage message(String sender, int i) {
        return i % 5 == 4 ? message(sender, SenderKind.SYSTEM, null) : message(sender, SenderKind.USER, null);
    }

    private NewMessage message(String sender, String clientId) {
        return message(sender + conversation, SenderKind.USER, clientId);
    }

    private NewMessage message(String sender, SenderKind kind, String clientId) {
        return new NewMessage(
                Ids.next(),
                "acme",
                conversation,
                new UserSummary(sender, sender, sender, null),
                kind,
                clientId,
                new MessageContent(null, List.of(Block.Text.plain("hello")), null),
                List.of(),
                null,
                null);
    }
}
