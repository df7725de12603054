package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.Ids;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** However slow the services behind are, a client has each answer before it gives up. */
class OverloadTest extends ChatServiceTest {

    /** How long clients wait, and as much again for a machine that does much else. Much less than the services take here. */
    private static final Duration PATIENCE = Duration.ofSeconds(5 + 5);

    private static final int EVENTS = 400;

    private record Answer(JsonNode body, Duration after) {

        boolean isSuccess() {
            return body.path("success").asBoolean(false);
        }

        String code() {
            return body.path("code").asString();
        }
    }

    @AfterEach
    void quickAgain() {
        SERVICES.arrives = uri -> Mono.empty();
    }

    /** Delays what is asked about these conversations only: other tests share the services. */
    private static void slow(Duration delay, String... conversations) {
        SERVICES.arrives = uri -> Stream.of(conversations).anyMatch(uri::contains)
                ? Mono.delay(delay).then()
                : Mono.empty();
    }

    private static CompletableFuture<Answer> asking(Device device, String event, Object argument) {
        long begun = System.nanoTime();
        return device.asking(event, argument)
                .thenApply(body -> new Answer(body, Duration.ofNanos(System.nanoTime() - begun)));
    }

    private static List<Answer> all(Stream<CompletableFuture<Answer>> answers) {
        return answers.toList().stream().map(CompletableFuture::join).toList();
    }

    private Map<String, ?> message(String conversationId, int number) {
        return Map.of("conversationId", conversationId, "text", "text " + number);
    }

    private static List<String> sentTo(String conversationId) {
        return SERVICES.callsOf(conversationId + "/messages").stream()
                .map(call -> call.body().path("text").asString())
                .toList();
    }

    @Test
    void answersManySendsAtOnceInTime() {
        Device phone = connect(alice);
        slow(Duration.ofMillis(200), conversation);

        List<Answer> answers =
                all(IntStream.range(0, EVENTS).mapToObj(i -> asking(phone, "send_message", message(conversation, i))));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.after()).isLessThan(PATIENCE);
            if (!answer.isSuccess()) {
                assertThat(answer.code()).isIn("request.rate-limited", "socket.overloaded", "service.unavailable");
                assertThat(answer.body().path("retryAfter").asInt()).isPositive();
                assertThat(answer.body().path("error").asString()).isNotEmpty();
            }
        });
        assertThat(answers).filteredOn(Answer::isSuccess).isNotEmpty();
        // At once, and not after those that are slow.
        Duration last = answers.stream()
                .filter(Answer::isSuccess)
                .map(Answer::after)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        assertThat(answers)
                .filteredOn(answer -> answer.code().equals("request.rate-limited"))
                .filteredOn(answer -> answer.after().compareTo(last) < 0)
                .hasSizeGreaterThan(EVENTS / 2);
        assertThat(sentTo(conversation))
                .startsWith("text 0", "text 1", "text 2")
                .isSubsetOf(
                        IntStream.range(0, EVENTS).mapToObj(i -> "text " + i).toList())
                .isSortedAccordingTo((one, other) -> Integer.compare(number(one), number(other)));
    }

    private static int number(String text) {
        return Integer.parseInt(text.substring("text ".length()));
    }

    @Test
    void answersInTimeWhenAServiceHangs() {
        Device phone = connect(alice);
        slow(Duration.ofSeconds(30), conversation);
        Set<String> events = Set.of("send_message", "mark_read", "clear_chat", "get_missed", "join_room");

        List<Answer> answers = all(IntStream.range(0, 10).boxed().flatMap(i -> events.stream()
                .map(event -> asking(
                        phone, event, Map.of("conversationId", conversation, "text", "text " + i, "afterSeq", 0)))));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.after()).isLessThan(PATIENCE);
            assertThat(answer.code()).isIn("socket.overloaded", "service.unavailable");
        });
    }

    @Test
    void runsOtherEventsBesideSlowSends() {
        String other = "conversation-" + Ids.next();
        SERVICES.member(other, alice, true, 0);
        Device phone = connect(alice);
        slow(Duration.ofSeconds(3), conversation);
        CompletableFuture<Answer> slow = asking(phone, "send_message", message(conversation, 1));

        Answer elsewhere = asking(phone, "send_message", message(other, 1)).join();
        Answer reaction = asking(phone, "add_reaction", Map.of("messageId", "m1", "emoji", "+1"))
                .join();
        Answer online = asking(phone, "get_online_users", Map.of("userIds", List.of(bob)))
                .join();

        assertThat(slow).isNotDone();
        assertThat(List.of(elsewhere, reaction)).allMatch(Answer::isSuccess);
        assertThat(online.body().isArray()).isTrue();
    }

    @Test
    void keepsTheOrderInEachConversation() {
        List<String> conversations = IntStream.range(0, 3)
                .mapToObj(i -> "conversation-" + Ids.next())
                .toList();
        conversations.forEach(id -> SERVICES.member(id, alice, true, 0));
        Device phone = connect(alice);
        SERVICES.arrives = uri -> conversations.stream().anyMatch(uri::contains)
                ? Mono.delay(Duration.ofMillis(ThreadLocalRandom.current().nextInt(20)))
                        .then()
                : Mono.empty();

        List<Answer> answers = all(IntStream.range(0, 54)
                .mapToObj(i -> asking(phone, "send_message", message(conversations.get(i % 3), i))));

        assertThat(answers).allMatch(Answer::isSuccess);
        for (int c = 0; c < 3; c++) {
            int conversationNumber = c;
            assertThat(sentTo(conversations.get(c)))
                    .containsExactlyElementsOf(IntStream.range(0, 54)
                            .filter(i -> i % 3 == conversationNumber)
                            .mapToObj(i -> "text " + i)
                            .toList());
        }
    }
}
