package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.Until;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The process is killed while people write and upload. */
class KillTest {

    private static final int KILLS = 2;
    private static final int ACKNOWLEDGED_BEFORE_A_KILL = 150;
    private static final int SENDERS = 8;

    /** Much less than the time after which Kafka misses a member of a group. */
    private static final Duration GROUPS_ARE_BACK = Duration.ofSeconds(8);

    @Test
    @Timeout(300)
    void losesNoAcknowledgedMessageAndShowsEachOnceInOrderAndGoesOnWithUploads(@TempDir Path data) throws Exception {
        try (PlatformProcess platform = PlatformProcess.start(data, UploadsUnderWay.ENVIRONMENT)) {
            ChatUser alice = ChatUser.register(platform.baseUrl(), "Alice");
            ChatUser bob = ChatUser.register(platform.baseUrl(), "Bob");
            String conversation = alice.directWith(bob);
            Map<String, Long> acknowledged = new ConcurrentHashMap<>();
            Set<String> attempted = ConcurrentHashMap.newKeySet();
            UploadsUnderWay uploads = UploadsUnderWay.begin(alice);
            for (int kill = 0; kill < KILLS; kill++) {
                List<Socket> open = uploads.goOn();
                sendUntilKilled(platform, alice, conversation, "k" + kill, acknowledged, attempted);
                for (Socket socket : open) {
                    socket.close();
                }
                platform.restart();
                assertReceiptsFollow(alice, bob, conversation, acknowledged, attempted);
                assertHistoryHolds(alice, conversation, acknowledged, attempted);
            }
            uploads.finish(data);
            assertBobIsToldOfWhatComesNext(alice, bob, conversation);
        }
    }

    private static void sendUntilKilled(
            PlatformProcess platform,
            ChatUser sender,
            String conversation,
            String prefix,
            Map<String, Long> acknowledged,
            Set<String> attempted)
            throws InterruptedException {
        int before = acknowledged.size();
        AtomicInteger next = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            Thread thread = new Thread(() -> {
                while (trySend(sender, conversation, prefix + "-" + next.incrementAndGet(), acknowledged, attempted)) {
                    // until the platform is gone
                }
            });
            thread.start();
            threads.add(thread);
        }
        Until.satisfied(() -> assertThat(acknowledged).hasSizeGreaterThan(before + ACKNOWLEDGED_BEFORE_A_KILL));
        platform.kill();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static boolean trySend(
            ChatUser sender, String conversation, String text, Map<String, Long> acknowledged, Set<String> attempted) {
        attempted.add(text);
        try {
            var answer = sender.api()
                    .post("/api/v1/conversations/" + conversation + "/messages", Map.of("text", text, "tempId", text));
            if (answer.status() == 201) {
                acknowledged.put(text, answer.body().path("seq").asLong());
            }
            return true;
        } catch (RuntimeException gone) {
            return false;
        }
    }

    private static void assertHistoryHolds(
            ChatUser reader, String conversation, Map<String, Long> acknowledged, Set<String> attempted) {
        Map<String, Long> stored = new LinkedHashMap<>();
        List<Long> seqs = new ArrayList<>();
        reader.wholeHistory(conversation).forEach(message -> {
            String text = message.path("content").path("text").asString();
            assertThat(stored.put(text, message.path("seq").asLong()))
                    .as("twice: " + text)
                    .isNull();
            seqs.add(message.path("seq").asLong());
        });
        assertThat(stored).containsAllEntriesOf(acknowledged);
        assertThat(attempted).containsAll(stored.keySet());
        assertThat(seqs)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, stored.size()).boxed().toList());
    }

    /** The killed process was a member of consumer groups. Nobody waits until it is missed. */
    private static void assertReceiptsFollow(
            ChatUser alice, ChatUser bob, String conversation, Map<String, Long> acknowledged, Set<String> attempted) {
        String text = "after kill " + attempted.size();
        attempted.add(text);
        acknowledged.put(text, alice.send(conversation, text).path("seq").asLong());
        Awaitility.await().atMost(GROUPS_ARE_BACK).untilAsserted(() -> assertThat(bob.listed(conversation)
                        .path("lastMessage")
                        .path("content")
                        .path("text")
                        .asString())
                .isEqualTo(text));
    }

    private static void assertBobIsToldOfWhatComesNext(ChatUser alice, ChatUser bob, String conversation) {
        try (ChatSocket bobPhone = bob.connect();
                ChatSocket alicePhone = alice.connect()) {
            long last = alice.history(conversation).get(0).path("seq").asLong();
            JsonNode ack = alicePhone.ask(
                    "send_message", Map.of("conversationId", conversation, "text", "after all", "tempId", "after"));
            assertThat(ack.path("message").path("seq").asLong()).isEqualTo(last + 1);
            Until.satisfied(() -> assertThat(bobPhone.told("new_message"))
                    .extracting(told -> told.path("message").path("id").asString())
                    .contains(ack.path("messageId").asString()));
        }
    }
}
