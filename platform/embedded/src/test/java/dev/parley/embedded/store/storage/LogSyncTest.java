package dev.parley.embedded.store.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;

class LogSyncTest {

    private static final int WAITING = 6;
    private static final int MAX_SECONDS = 20;

    private final AtomicInteger forced = new AtomicInteger();

    @Test
    void forcesTheDiskOnceForAllThatCameMeanwhile() throws Exception {
        CountDownLatch slowDisk = new CountDownLatch(1);
        LogSync sync = new LogSync(
                () -> {
                    if (forced.incrementAndGet() == 1) {
                        awaitQuietly(slowDisk);
                    }
                },
                true);
        List<Thread> writers = new ArrayList<>();
        writers.add(start(sync));
        await().until(() -> forced.get() == 1);
        for (int i = 0; i < WAITING; i++) {
            writers.add(start(sync));
        }
        await().until(() -> writers.stream().skip(1).allMatch(thread -> thread.getState() == Thread.State.WAITING));

        slowDisk.countDown();
        for (Thread writer : writers) {
            writer.join(TimeUnit.SECONDS.toMillis(MAX_SECONDS));
            assertThat(writer.isAlive()).isFalse();
        }

        assertThat(forced).hasValue(2);
    }

    @Test
    void acknowledgesNothingThatTheDiskRefused() {
        LogSync sync = new LogSync(
                () -> {
                    if (forced.incrementAndGet() == 1) {
                        throw new RocksDBException("full");
                    }
                },
                true);

        assertThatThrownBy(sync::await).isInstanceOf(StorageException.class).hasMessageContaining("full");
        sync.await();
        assertThat(forced).hasValue(2);
    }

    @Test
    void leavesTheDiskAloneWhenTheOperatingSystemIsEnough() {
        new LogSync(forced::incrementAndGet, false).await();

        assertThat(forced).hasValue(0);
    }

    private static Thread start(LogSync sync) {
        Thread thread = new Thread(sync::await);
        thread.start();
        return thread;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(MAX_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
