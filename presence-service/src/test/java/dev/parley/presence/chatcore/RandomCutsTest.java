package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block.NoticeKind;
import dev.parley.events.Event;
import dev.parley.events.MessageDeleted;
import dev.parley.platform.test.RecoveringClient;
import dev.parley.platform.test.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** However often a client is cut off, and wherever it comes back, it is told what one is told that never is. */
class RandomCutsTest extends RecoveryTest {

    private static final long SEED = 20_261;
    private static final long LASTING = Duration.ofSeconds(8).toNanos();
    private static final int CONVERSATIONS = 4;

    private final Random random = new Random(SEED);
    private final long[] seqs = new long[CONVERSATIONS];
    private final boolean[] member = new boolean[CONVERSATIONS];
    private final List<String> conversations = new ArrayList<>();

    @Test
    void randomDisconnectsDoNotChangeWhatAClientReceives() throws Exception {
        for (int i = 0; i < CONVERSATIONS; i++) {
            conversations.add(i + "-" + conversation);
            SERVICES.member(conversations.get(i), alice, true, 0);
            SERVICES.member(conversations.get(i), bob, true, 0);
            member[i] = true;
        }
        OtherNode other = OtherNode.start();
        RecoveringClient steady = connected(alice);
        RecoveringClient there = client(alice).connect(other.port());
        RecoveringClient cut = connected(alice);
        AtomicBoolean over = new AtomicBoolean();
        int[] ports = {port, other.port()};
        Thread cutting = new Thread(() -> {
            Random moments = new Random(SEED + 1);
            while (!over.get()) {
                pause(moments.nextInt(250));
                cut.cut();
                pause(moments.nextInt(150));
                cut.connect(ports[moments.nextInt(ports.length)]);
                assertThat(cut.isRecovered()).isTrue();
            }
        });
        List<Throwable> failures = new ArrayList<>();
        cutting.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
        cutting.start();

        for (long end = System.nanoTime() + LASTING; System.nanoTime() < end; ) {
            happen(random.nextInt(CONVERSATIONS), steady, there);
        }
        over.set(true);
        cutting.join(TimeUnit.SECONDS.toMillis(40));

        assertThat(failures).isEmpty();
        for (int i = 0; i < CONVERSATIONS; i++) {
            String id = conversations.get(i);
            settle(id, steady, alice);
            Until.satisfied(() -> assertThat(of(id, cut)).hasSameSizeAs(of(id, steady)));
            assertThat(of(id, cut)).isEqualTo(of(id, steady));
        }
        assertThat(cut.told("resync_required")).isEmpty();
        other.close();
    }

    /**
     * What the two nodes tell of different conversations may come in another order. The first message may be a tombstone where it
     * is told late.
     */
    private static List<String> of(String conversationId, RecoveringClient client) {
        return client.stream().stream()
                .filter(one -> one.contains(conversationId))
                .map(one -> one.startsWith("new_message") && one.contains("\"message-1@") ? "the first message" : one)
                .toList();
    }

    private void happen(int which, RecoveringClient... steady) {
        String id = conversations.get(which);
        switch (random.nextInt(12)) {
            case 0 -> turn(which, steady);
            case 1 -> publish(read(id, bob, ++seqs[which], alice), read(id, alice, seqs[which], bob));
            case 2 -> publish(new MessageDeleted(tombstone(id, bob, 1, ++seqs[which]), bob));
            case 3 -> publish(noticeIn(id, ++seqs[which], NoticeKind.MEMBERS_ADDED, "eve" + seqs[which], "dan"));
            default -> {
                List<Event> texts = new ArrayList<>();
                for (int count = 1 + random.nextInt(20); count > 0; count--) {
                    texts.add(textIn(id, member[which] && random.nextBoolean() ? alice : bob, ++seqs[which]));
                }
                publish(texts.toArray(Event[]::new));
            }
        }
    }

    /** conversation-service stores who comes and goes once the notice is there; here, once all nodes have told of it. */
    private void turn(int which, RecoveringClient... steady) {
        String id = conversations.get(which);
        member[which] = !member[which];
        NoticeKind kind = member[which] ? NoticeKind.MEMBERS_ADDED : NoticeKind.MEMBER_REMOVED;
        long seq = ++seqs[which];
        int[] told = Arrays.stream(steady).mapToInt(client -> turns(id, client)).toArray();
        publish(noticeIn(id, seq, kind, alice));
        for (int i = 0; i < steady.length; i++) {
            RecoveringClient client = steady[i];
            int before = told[i];
            Until.satisfied(() -> assertThat(turns(id, client)).isGreaterThan(before));
        }
        SERVICES.member(id, alice, member[which], 0);
    }

    private int turns(String conversationId, RecoveringClient client) {
        return (int) of(conversationId, client).stream()
                .filter(one -> one.startsWith("participant_") && one.contains(alice))
                .count();
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
