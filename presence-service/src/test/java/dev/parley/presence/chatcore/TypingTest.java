package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block.NoticeKind;
import dev.parley.events.MessageCreated;
import dev.parley.events.TypingChanged;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alice types, and Bob is told each time that she begins and ends. */
class TypingTest extends ChatServiceTest {

    /** Each pair of ways to end, one after the other. */
    private static final List<String> WAYS_TO_END =
            List.of("stop", "stop", "send", "stop", "rest", "send", "send", "rest", "rest", "stop");

    private long seq;

    @Test
    void isToldEachStartAndEachEndInWhateverWayItEnded() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        List<Boolean> expected = new ArrayList<>();

        for (String way : WAYS_TO_END) {
            types(alicePhone, true);
            expected.add(true);
            awaitTold(bobPhone, expected);
            end(alicePhone, way);
            expected.add(false);
            awaitTold(bobPhone, expected);
        }

        assertThat(typing(bobPhone)).isEmpty();
        assertThat(alicePhone.told("typing_indicator")).isEmpty();
    }

    /** Who goes on typing is never silent: only the message can have ended it, after which a start is told again. */
    @ParameterizedTest
    @ValueSource(strings = {"send", "rest"})
    void isToldTheEndBySendingAlsoOfWhoTypesOn(String way) {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        types(alicePhone, true);
        awaitTold(bobPhone, List.of(true));

        Until.satisfied(() -> {
            end(alicePhone, way);
            bobPhone.await("new_message", (int) seq);
            types(alicePhone, true);
            assertThat(transitions(bobPhone)).startsWith(true, false, true);
        });
    }

    @Test
    void isToldTheEndOfSilenceAndTheNextStart() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);

        types(alicePhone, true);
        awaitTold(bobPhone, List.of(true, false));
        assertThat(typing(bobPhone)).isEmpty();
        types(alicePhone, true);
        awaitTold(bobPhone, List.of(true, false, true));

        awaitTyping(alicePhone, bobPhone);
    }

    @Test
    void isToldNoEndWhileTheTypingIsRepeated() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);

        Instant since = Instant.now();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> {
                    types(alicePhone, true);
                    assertThat(bobPhone.told("typing_indicator")).hasSize(3);
                });

        assertThat(transitions(bobPhone)).containsExactly(true);
        // Twice the interval.
        assertThat(Instant.now()).isAfter(since.plusSeconds(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"leave_room", "removed", "disconnect"})
    void isToldTheEndWhenTheyAreGoneAndTheStartWhenTheyAreBack(String way) {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        types(alicePhone, true);
        awaitTold(bobPhone, List.of(true));

        switch (way) {
            case "leave_room" -> alicePhone.succeed("leave_room", conversation);
            case "removed" -> publish(notice(bob, 1, NoticeKind.MEMBER_REMOVED, alice));
            default -> alicePhone.close();
        }
        awaitTold(bobPhone, List.of(true, false));
        assertThat(typing(bobPhone)).isEmpty();
        switch (way) {
            case "leave_room" -> alicePhone.succeed("join_room", conversation);
            case "removed" -> {
                publish(notice(bob, 2, NoticeKind.MEMBERS_ADDED, alice));
                bobPhone.await("participant_joined", 1);
            }
            default -> alicePhone = connect(alice);
        }
        types(alicePhone, true);

        awaitTold(bobPhone, List.of(true, false, true));
    }

    @Test
    void isToldTheEndWhenTheLastDeviceHasEnded() {
        Device alicePhone = connect(alice);
        Device aliceTablet = connect(alice);
        Device bobPhone = connect(bob);
        types(alicePhone, true);
        types(aliceTablet, true);
        awaitTold(bobPhone, List.of(true));

        types(alicePhone, false);
        assertThat(typing(bobPhone)).containsExactly(alice);
        types(alicePhone, true);
        types(aliceTablet, false);
        types(alicePhone, false);

        awaitTold(bobPhone, List.of(true, false));
        types(aliceTablet, true);
        awaitTold(bobPhone, List.of(true, false, true));
    }

    @Test
    void aMessageOfBeforeOrOfSomebodyElseEndsNothing() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        MessageCreated sentBefore = text(alice, 1);
        types(alicePhone, true);
        awaitTold(bobPhone, List.of(true));

        publish(sentBefore, text(bob, 2));
        bobPhone.await("new_message", 2);
        types(alicePhone, false);

        awaitTold(bobPhone, List.of(true, false));
        assertThat(bobPhone.events()).containsSubsequence("new_message", "new_message", "typing_indicator");
    }

    @Test
    void isToldTheEndOfWhoTypedAtANodeThatDied() {
        Device bobPhone = connect(bob);

        publish(new TypingChanged(alice, TENANT, conversation, user(alice), true, "node-" + Ids.next()));

        awaitTold(bobPhone, List.of(true, false));
        assertThat(typing(bobPhone)).isEmpty();
    }

    private void types(Device device, boolean isTyping) {
        device.succeed("typing", Map.of("conversationId", conversation, "isTyping", isTyping));
    }

    private void end(Device device, String way) {
        switch (way) {
            case "stop" -> types(device, false);
            case "send" -> device.succeed("send_message", Map.of("conversationId", conversation, "text", "done"));
            default -> publish(text(alice, ++seq));
        }
    }

    /** A start may be followed by its end by then: who is busy for two seconds types no more. */
    private void awaitTold(Device device, List<Boolean> expected) {
        Until.satisfied(() -> assertThat(transitions(device)).startsWith(expected.toArray(Boolean[]::new)));
    }

    private void awaitTyping(Device typing, Device told) {
        Until.satisfied(() -> {
            types(typing, true);
            assertThat(typing(told)).containsExactly(alice);
        });
    }

    /** What was told, without repetitions. */
    private static List<Boolean> transitions(Device device) {
        List<Boolean> told = device.told("typing_indicator").stream()
                .map(indicator -> indicator.path("isTyping").asBoolean())
                .toList();
        List<Boolean> transitions = new ArrayList<>();
        for (boolean one : told) {
            if (transitions.isEmpty() || transitions.get(transitions.size() - 1) != one) {
                transitions.add(one);
            }
        }
        return transitions;
    }

    private Stream<String> typing(Device device) {
        return device.ask("get_typing_users", conversation).valueStream().map(user -> user.path("userId")
                .asString());
    }
}
