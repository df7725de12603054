package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.Until;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Whoever sends too much of one event is told so, and nothing is done. */
@TestPropertySource(
        properties = {
            "parley.presence.limits.events.send-message.per-second=1",
            "parley.presence.limits.events.send-message.burst=3",
            "parley.presence.limits.events.pin-message.per-second=0",
            "parley.presence.limits.events.typing.per-second=5",
            "parley.presence.limits.per-second=2",
            "parley.presence.limits.burst=10"
        })
class EventLimitTest extends ChatServiceTest {

    private static final int BURST = 3;
    private static final int SENT = 12;

    @Autowired
    private MeterRegistry meters;

    @Test
    void allowsABurstAndSaysWhenTheNextEventIsAllowed() {
        Device phone = connect(alice);
        double before = limited("send_message");

        List<JsonNode> acks = sendAtOnce(phone);

        assertThat(acks.subList(0, BURST)).allMatch(EventLimitTest::succeeded);
        List<JsonNode> refused =
                acks.stream().filter(Predicate.not(EventLimitTest::succeeded)).toList();
        assertThat(refused).isNotEmpty().allSatisfy(ack -> {
            assertThat(ack.propertyNames()).containsExactlyInAnyOrder("success", "error", "code", "retryAfter");
            assertThat(ack.path("error").asString()).isNotEmpty();
            assertThat(ack.path("code").asString()).isEqualTo("request.rate-limited");
            assertThat(ack.path("retryAfter").asInt()).isEqualTo(1);
        });
        assertThat(limited("send_message") - before).isEqualTo(refused.size());
        // What was refused reached nobody, and the rest came in the order sent.
        assertThat(texts())
                .containsExactlyElementsOf(IntStream.range(0, SENT)
                        .filter(i -> succeeded(acks.get(i)))
                        .mapToObj(i -> "text " + i)
                        .toList());

        Until.satisfied(() -> phone.succeed("send_message", message("later")));
    }

    @Test
    void countsTheDevicesOfAUserTogether() {
        Device phone = connect(alice);
        Device tablet = connect(alice, "polling");
        long begun = System.nanoTime();

        List<CompletableFuture<JsonNode>> answers = Stream.of(phone, tablet)
                .flatMap(device ->
                        IntStream.range(0, SENT).mapToObj(i -> device.asking("send_message", message("text " + i))))
                .toList();
        long done = answers.stream()
                .map(CompletableFuture::join)
                .filter(EventLimitTest::succeeded)
                .count();

        assertThat(done).isBetween((long) BURST, BURST + newTokens(begun));
        assertThat(texts()).hasSize((int) done);
    }

    @Test
    void limitsNeitherOtherUsersNorOtherEvents() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);

        assertThat(sendAtOnce(alicePhone)).anyMatch(Predicate.not(EventLimitTest::succeeded));

        alicePhone.succeed("typing", Map.of("conversationId", conversation, "isTyping", true));
        for (int i = 0; i < BURST; i++) {
            bobPhone.succeed("send_message", message("from bob"));
        }
    }

    @Test
    void sendsNothingIfNoAcknowledgementIsWanted() {
        Device phone = connect(alice);
        List<String> before = phone.events();
        long begun = System.nanoTime();

        for (int i = 0; i < SENT; i++) {
            phone.say("send_message", message("text " + i));
        }
        // Comes after them.
        phone.succeed("typing", Map.of("conversationId", conversation, "isTyping", true));

        assertThat(texts()).hasSizeBetween(BURST, BURST + (int) newTokens(begun));
        assertThat(phone.events()).isEqualTo(before);
    }

    @Test
    void countsAllUnknownEventsTogether() {
        Device phone = connect(alice);

        List<CompletableFuture<JsonNode>> answers = IntStream.range(0, 50)
                .mapToObj(i -> phone.asking("no_such_event_" + i, Map.of()))
                .toList();

        List<String> codes = answers.stream()
                .map(answer -> answer.join().path("code").asString())
                .toList();
        assertThat(codes.subList(0, 10)).containsOnly("socket.unknown-event");
        assertThat(codes).contains("request.rate-limited");
    }

    @Test
    void doesNotLimitAnEventWhoseRateIsZero() {
        Device phone = connect(alice);

        List<CompletableFuture<JsonNode>> answers = IntStream.range(0, 60)
                .mapToObj(i -> phone.asking("pin_message", Map.of("messageId", "m-" + i)))
                .toList();

        assertThat(answers).allMatch(answer -> succeeded(answer.join()));
    }

    private List<JsonNode> sendAtOnce(Device device) {
        List<CompletableFuture<JsonNode>> answers = IntStream.range(0, SENT)
                .mapToObj(i -> device.asking("send_message", message("text " + i)))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private Map<String, ?> message(String text) {
        return Map.of("conversationId", conversation, "text", text);
    }

    /** What message-service was asked to send. */
    private List<String> texts() {
        return SERVICES.callsOf(conversation + "/messages").stream()
                .map(call -> call.body().path("text").asString())
                .toList();
    }

    private double limited(String event) {
        return meters.get("parley.sockets.events.limited")
                .tag("event", event)
                .counter()
                .count();
    }

    /** How many there can be since, at most. */
    private static long newTokens(long since) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since) + 1;
    }

    private static boolean succeeded(JsonNode ack) {
        return ack.path("success").asBoolean(false);
    }
}
