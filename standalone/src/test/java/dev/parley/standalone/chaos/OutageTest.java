package dev.parley.standalone.chaos;

import dev.parley.platform.test.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The store, the broker and two instances of each service: one after the other is stopped for a while, and killed, while people chat. Of a
 * service the other instance goes on meanwhile. Nobody waits longer than promised, everything comes back by itself, and in the end nothing
 * that was acknowledged is lost, doubled or out of order, neither for those who were told of it nor in the history.
 *
 * <p>{@code -Dparley.chaos.rounds=10} does it ten times; the build does it once.
 */
class OutageTest {

    private static final int ROUNDS = Integer.getInteger("parley.chaos.rounds", 1);

    /** Longer than anybody may wait: so every limit is reached. */
    private static final Duration STOPPED = Patience.REST.plusSeconds(1);

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void nobodyWaitsLongAndNothingIsLostWhateverIsAway(@TempDir Path data) throws Exception {
        try (SeparatePlatform platform = SeparatePlatform.start(data);
                GroupChat chat = new GroupChat(platform.baseUrl())) {
            for (int round = 0; round < ROUNDS; round++) {
                for (String name : platform.names()) {
                    stop(platform, chat, name);
                    kill(platform, chat, name);
                }
            }
            chat.end();
            platform.assertAllRun();
            chat.assertNothingIsLostDoubledOrOutOfOrder();
        }
    }

    private void stop(SeparatePlatform platform, GroupChat chat, String name) throws Exception {
        ChildProcess part = platform.part(name);
        chat.patience().away(name);
        part.stop();
        LockSupport.parkNanos(STOPPED.toNanos());
        part.goOn();
        chat.patience().back();
        chat.awaitCalm(name + " was stopped");
    }

    /** Of a service the instance that was not stopped: the other one must have come back by itself. */
    private void kill(SeparatePlatform platform, GroupChat chat, String name) throws Exception {
        ChildProcess part = platform.other(name);
        chat.patience().away(name);
        part.kill();
        if (part != platform.part(name)) {
            chat.awaitCalm(part + " was killed");
        }
        part.start();
        platform.awaitReady(name);
        chat.awaitCalm(part + " was killed and started");
        chat.patience().back();
    }
}
