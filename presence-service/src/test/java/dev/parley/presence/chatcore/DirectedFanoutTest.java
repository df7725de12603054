package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block.NoticeKind;
import dev.parley.events.Event;
import dev.parley.platform.test.RecoveringClient;
import dev.parley.platform.test.Until;
import dev.parley.presence.routing.StruckOut;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may go wrong where a router decides which node is written an event. */
@Directed
class DirectedFanoutTest extends RecoveryTest {

    private static final int JOINED = 10;
    private static final int TEXTS = 600;

    private static OtherNode there;

    @BeforeAll
    static void startAnotherNode() {
        there = OtherNode.start();
    }

    @AfterAll
    static void stopTheOtherNode() {
        there.close();
    }

    @Test
    void aMemberWhoWasJustAddedMissesNothing() {
        RecoveringClient phone = client(carol).connect(there.port());
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < JOINED; i++) {
            String id = "joined-" + i + "-" + conversation;
            joined.add(id);
            List<Event> events = new ArrayList<>();
            events.add(noticeIn(id, 1, NoticeKind.MEMBERS_ADDED, carol));
            LongStream.rangeClosed(2, 10).forEach(seq -> events.add(textIn(id, bob, seq)));
            SERVICES.member(id, carol, true, 0);

            publish(events.toArray(Event[]::new));
        }

        for (String id : joined) {
            settle(id, phone, carol);
            assertThat(seqs(phone, id))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 10).boxed().toList());
        }
    }

    /** While routers come and go, as a node starts and stops. */
    @Test
    void whoConnectsWhileMessagesComeIsSentEachFromThenOnOnce() throws InterruptedException {
        RecoveringClient steady = client(alice).connect(there.port());
        RecoveringClient cut = client(alice).connect(port);
        AtomicInteger sent = new AtomicInteger();
        Thread sending = new Thread(() -> {
            for (int seq = 1; seq <= TEXTS; seq++) {
                publish(textIn(conversation, bob, seq));
                sent.set(seq);
            }
        });
        sending.start();

        OtherNode third = OtherNode.start();
        List<RecoveringClient> late = new ArrayList<>();
        List<Integer> sentBefore = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            cut.cut();
            late.add(client(alice).connect(i % 2 == 0 ? port : third.port()));
            sentBefore.add(sent.get());
            cut.connect(i % 2 == 0 ? there.port() : port);
        }
        cut.cut();
        third.close();
        cut.connect(port);
        sending.join();
        settle(conversation, steady, alice);
        settle(conversation, cut, alice);

        List<Long> all = LongStream.rangeClosed(1, TEXTS).boxed().toList();
        assertThat(seqs(steady, conversation)).isEqualTo(all);
        assertThat(seqs(cut, conversation)).isEqualTo(all);
        for (int i = 0; i < late.size(); i += 2) {
            settle(conversation, late.get(i), alice);
            List<Long> seqs = seqs(late.get(i), conversation);
            long first = seqs.isEmpty() ? TEXTS + 1 : seqs.get(0);
            assertThat(first).isLessThanOrEqualTo(sentBefore.get(i) + 1);
            assertThat(seqs)
                    .isEqualTo(LongStream.rangeClosed(first, TEXTS).boxed().toList());
        }
    }

    @Test
    void aNodeThatWasStruckOutBeginsAgainAndItsClientsAreSentWhatTheyMissed() {
        RecoveringClient phone = client(alice).connect(there.port());
        RecoveringClient steady = client(alice).connect(port);
        publish(textIn(conversation, bob, 1));
        phone.await("new_message", 1);

        StruckOut.of(there.context());
        Until.satisfied(() -> assertThat(phone.isConnected()).isFalse());
        publish(textIn(conversation, bob, 2));
        settle(conversation, steady, alice);
        phone.cut();
        phone.connect(there.port());
        publish(textIn(conversation, bob, 3));
        settle(conversation, phone, alice);

        assertThat(phone.isRecovered()).isTrue();
        assertThat(seqs(phone, conversation)).containsExactly(1L, 2L, 3L);
    }

    private static List<Long> seqs(RecoveringClient client, String conversationId) {
        return client.told("new_message").stream()
                .map(told -> told.path("message"))
                .filter(message -> message.path("conversationId").asString().equals(conversationId))
                .map(message -> message.path("seq").asLong())
                .toList();
    }
}
