package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationReturned;
import dev.parley.platform.test.Until;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Bob deletes a conversation for himself, and Alice brings it back with a message. */
class HiddenConversationTest extends ChatServiceTest {

    @AfterEach
    void answersArriveAtOnce() {
        SERVICES.viewsArrive = Mono.empty();
    }

    @Test
    void itsMessagesComeAfterItOnEveryDevice() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        Device bobTablet = connect(bob);
        for (int round = 1; round <= 20; round++) {
            hide();
            bobPhone.await("conversation_deleted", round);
            bobTablet.await("conversation_deleted", round);

            publish(text(alice, 3L * round), text(bob, 3L * round + 1), returned(), text(alice, 3L * round + 2));

            bobPhone.await("new_message", 3 * round);
            bobTablet.await("new_message", 3 * round);
        }
        for (Device device : List.of(bobPhone, bobTablet)) {
            assertThat(device.events().stream()
                            .filter(event -> !event.equals("conversation_updated"))
                            .filter(event -> !event.equals("unread_count_changed")))
                    .containsExactlyElementsOf(IntStream.range(0, 20)
                            .boxed()
                            .flatMap(round -> Stream.of(
                                    "conversation_deleted",
                                    "conversation_created",
                                    "new_message",
                                    "new_message",
                                    "new_message"))
                            .toList());
            assertThat(seqs(device))
                    .containsExactlyElementsOf(
                            IntStream.range(3, 63).mapToObj(i -> (long) i).toList());
        }
        assertThat(seqs(alicePhone)).isEqualTo(seqs(bobPhone));
        assertThat(bobPhone.told("new_message").get(1).path("tempId").asString())
                .isEqualTo("temp-4");
    }

    @Test
    void itsMessagesComeAfterItHoweverLongItTakesToShow() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        Sinks.Empty<Void> arrival = Sinks.empty();
        hide();
        bobPhone.awaitOne("conversation_deleted");
        SERVICES.viewsArrive = arrival.asMono();

        publish(text(alice, 1), returned(), text(alice, 2));
        alicePhone.await("new_message", 2);
        settle(bobPhone);
        assertThat(bobPhone.told("new_message")).isEmpty();
        arrival.tryEmitEmpty();

        bobPhone.await("new_message", 2);
        assertThat(seqs(bobPhone)).isEqualTo(seqs(alicePhone));
        assertThat(bobPhone.events()).containsSubsequence("conversation_created", "new_message", "new_message");
        publish(text(alice, 3));
        bobPhone.await("new_message", 3);
    }

    @Test
    void isKnownToBeHiddenWhenADeviceConnects() {
        SERVICES.hidden.add(conversation + "/" + bob);
        Device bobPhone = connect(bob);

        publish(text(alice, 1), returned());

        bobPhone.awaitOne("new_message");
        assertThat(bobPhone.events()).containsSubsequence("conversation_created", "new_message");
    }

    @Test
    void itsMessagesComeAlsoIfItIsNotShown() {
        Device bobPhone = connect(bob);
        hide();
        bobPhone.awaitOne("conversation_deleted");

        publish(text(alice, 1));

        bobPhone.awaitOne("new_message");
        publish(text(alice, 2));
        Until.satisfied(() -> assertThat(seqs(bobPhone)).containsExactly(1L, 2L));
    }

    private void hide() {
        publish(new ConversationDeleted(conversation, TENANT, bob, bob));
    }

    private ConversationReturned returned() {
        return new ConversationReturned(conversation, TENANT, List.of(bob));
    }

    private static List<Long> seqs(Device device) {
        return device.told("new_message").stream()
                .map(told -> told.path("message").path("seq").asLong())
                .toList();
    }
}
