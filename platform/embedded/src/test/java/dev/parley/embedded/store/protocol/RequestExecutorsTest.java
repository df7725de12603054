package dev.parley.embedded.store.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestExecutorsTest {

    private static final int THREADS = 32;
    private static final int MAX_SECONDS = 20;

    @Test
    void readsWhileEveryWriterWaitsForTheDisk() throws Exception {
        CountDownLatch disk = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        try (RequestExecutors executors = new RequestExecutors(THREADS)) {
            for (int i = 0; i < 2 * THREADS; i++) {
                executors.forCommand("insert").execute(() -> awaitQuietly(disk));
            }
            executors.forCommand("find").execute(read::countDown);

            assertThat(read.await(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
            disk.countDown();
        }
    }

    @Test
    void worksOnThreadsThatToolsLetBlock() throws Exception {
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        try (RequestExecutors executors = new RequestExecutors(THREADS)) {
            executors.forCommand("find").execute(() -> worker.complete(Thread.currentThread()));

            assertThat(worker.get(MAX_SECONDS, TimeUnit.SECONDS)).isNotInstanceOf(FastThreadLocalThread.class);
        }
    }

    @Test
    void keepsTheOrderOfAConnectionThoughItReadsAndWritesInTurn() {
        List<Integer> done = new ArrayList<>();
        SerialExecutor connection = new SerialExecutor();
        try (RequestExecutors executors = new RequestExecutors(THREADS)) {
            for (int i = 0; i < 1_000; i++) {
                int number = i;
                connection.execute(executors.forCommand(i % 2 == 0 ? "insert" : "find"), () -> done.add(number));
            }
            await().until(() -> done.size() == 1_000);
        }
        assertThat(done).isSorted();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(MAX_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
