package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Event;
import dev.parley.platform.test.RecoveringClient;
import dev.parley.presence.stream.EventLog;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Who comes back to another node. */
class OtherNodeTest extends RecoveryTest {

    private static OtherNode other;

    @AfterAll
    static void stop() {
        other.close();
        other = null;
    }

    /** Started by the first test, after what that one is about has happened. */
    private static int otherPort() {
        if (other == null) {
            other = OtherNode.start();
        }
        return other.port();
    }

    @Test
    void receivesMissedEventsFromANodeThatWasStartedSince() {
        RecoveringClient phone = connected(alice);
        RecoveringClient tablet = connected(alice);
        publish(textIn(conversation, bob, 1));
        phone.await("new_message", 1);
        String pid = phone.pid();
        phone.cut();
        publish(everything(2).toArray(Event[]::new));
        settle(conversation, tablet, alice);

        phone.connect(otherPort());
        publish(textIn(conversation, bob, 9));
        settle(conversation, phone, alice);
        settle(conversation, tablet, alice);
        settle(conversation, phone, alice);

        assertThat(phone.isRecovered()).isTrue();
        assertThat(phone.pid()).isEqualTo(pid);
        List<String> told = phone.stream();
        assertThat(told).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        for (String id : List.of("\"" + conversation + "\"", "other-" + conversation)) {
            // What the two nodes tell of different conversations may come in another order.
            assertThat(of(id, tablet)).startsWith(of(id, phone).toArray(String[]::new));
        }
    }

    @Test
    void waitsForANodeThatIsBehind() {
        int port = otherPort();
        EventLog behind = other.bean(EventLog.class);
        RecoveringClient phone = connected(alice);
        publish(textIn(conversation, bob, 1));
        phone.await("new_message", 1);
        CountDownLatch standing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread holding = new Thread(() -> behind.betweenEvents(view -> {
            standing.countDown();
            await(goOn);
            return view;
        }));
        holding.start();
        await(standing);
        publish(textIn(conversation, bob, 2));
        phone.await("new_message", 2);

        phone.cut();
        publish(textIn(conversation, bob, 3));
        CompletableFuture<Void> back = phone.begin(port);
        assertThat(back).isNotDone();
        goOn.countDown();
        back.join();
        settle(conversation, phone, alice);

        assertThat(phone.isRecovered()).isTrue();
        assertThat(phone.told("new_message"))
                .extracting(one -> one.path("message").path("seq").asInt())
                .containsExactly(1, 2, 3);
    }

    private static List<String> of(String part, RecoveringClient client) {
        return withoutContents(client).stream()
                .filter(one -> one.contains(part))
                .toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
