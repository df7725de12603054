package dev.parley.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.parley.embedded.EmbeddedStore;
import dev.parley.embedded.FreePort;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Instances that share a lease, each with a job that takes one step after the other. */
class LeadershipTest {

    private static final Duration LEASE = Duration.ofMillis(600);

    /** Nobody waits that long for it to end. */
    private static final Duration LONG_LEASE = Duration.ofHours(1);

    private static final Duration STEP = Duration.ofMillis(10);

    @TempDir
    static Path folder;

    private static int port;
    private static EmbeddedStore store;
    private static MongoClient client;

    private final String group = Ids.next();
    private final List<Instance> instances = new ArrayList<>();

    /** The name of the instance that took each step. */
    private final List<String> steps = new CopyOnWriteArrayList<>();

    private final List<String> faults = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startStore() throws Exception {
        port = FreePort.find();
        store = EmbeddedStore.start(folder, port);
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(store.uri()))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(200, TimeUnit.MILLISECONDS))
                .build());
    }

    @AfterAll
    static void stopStore() {
        client.close();
        store.close();
    }

    @AfterEach
    void neverDidTwoLeadAtATime() {
        instances.forEach(Instance::die);
        assertThat(faults).isEmpty();
    }

    @Test
    void whenTheOneThatLeadsDiesTheOtherTakesOver() {
        Instance one = instance("one", LEASE);
        awaitSteps("one");
        Instance two = instance("two", LEASE);
        awaitSteps("one");

        one.die();

        awaitSteps("two");
        assertThat(one.leadership.leads()).isFalse();
        assertThat(two.leadership.leads()).isTrue();
        assertThat(steps.subList(steps.indexOf("two"), steps.size())).containsOnly("two");
    }

    @Test
    void oneThatWasPausedTakesNoStepWhenAnotherHasTakenOver() throws Exception {
        Instance one = instance("one", LEASE);
        awaitSteps("one");
        Instance two = instance("two", LEASE);
        CountDownLatch end = one.pause();
        int before = steps.size();
        awaitSteps("two");

        end.countDown();
        // It has seen by now that its time is over: it could not lead again without it.
        awaitSteps("two");
        two.stop();
        awaitSteps("one");

        List<String> after = steps.subList(before, steps.size());
        assertThat(after.subList(0, after.lastIndexOf("two") + 1)).containsOnly("two");
    }

    @Test
    void anotherNeedNotWaitForOneThatStops() throws Exception {
        Instance one = instance("one", LONG_LEASE);
        awaitSteps("one");

        one.stop();
        instance("two", LONG_LEASE);

        awaitSteps("two");
    }

    @Test
    void nobodyLeadsWhileTheStoreIsAway() throws Exception {
        Instance one = instance("one", LEASE);
        awaitSteps("one");

        store.close();
        try {
            Until.satisfied(() -> assertThat(one.leadership.leads()).isFalse());
        } finally {
            store = EmbeddedStore.start(folder, port);
        }

        awaitSteps("one");
        assertThat(one.leadership.leads()).isTrue();
    }

    /** Some more than there are. */
    private void awaitSteps(String name) {
        long before = steps.stream().filter(name::equals).count();
        Until.satisfied(
                () -> assertThat(steps.stream().filter(name::equals).count()).isGreaterThan(before + 2));
    }

    private Instance instance(String name, Duration lease) {
        Instance instance = new Instance(name, lease);
        instances.add(instance);
        instance.leadership.start();
        instance.job.start();
        return instance;
    }

    /** All that it does it does in one thread, so that it can be paused as a whole. */
    private final class Instance {

        private final String name;
        private final Scheduler thread;
        private final Leadership leadership;
        private final RecurringJob job;

        Instance(String name, Duration lease) {
            this.name = name;
            this.thread = Schedulers.fromExecutorService(Executors.newSingleThreadScheduledExecutor());
            this.leadership = new Leadership(
                    new LeaseStore(new ReactiveMongoTemplate(client, "leadership"), group),
                    name,
                    lease,
                    System::nanoTime,
                    thread);
            this.job = new RecurringJob("steps", Duration.ZERO, Duration.ofMillis(50), manySteps(), leadership);
        }

        private Mono<?> manySteps() {
            return Mono.defer(() -> Term.step(Mono.fromRunnable(this::step)))
                    .then(Mono.delay(STEP, thread))
                    .repeat()
                    .then();
        }

        private void step() {
            instances.stream()
                    .filter(other -> other != this && other.leadership.leads())
                    // Asked last: its time may have ended since the step began.
                    .filter(other -> leadership.leads())
                    .forEach(other -> faults.add(name + " and " + other.name));
            steps.add(name);
        }

        /** Returns when it does nothing any more, until the latch is counted down. */
        CountDownLatch pause() throws InterruptedException {
            CountDownLatch paused = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            thread.schedule(() -> {
                paused.countDown();
                try {
                    end.await();
                } catch (InterruptedException died) {
                    Thread.currentThread().interrupt();
                }
            });
            paused.await();
            return end;
        }

        /** Says goodbye to nobody. */
        void die() {
            job.stop();
            thread.dispose();
        }

        void stop() throws InterruptedException {
            job.stop();
            CountDownLatch stopped = new CountDownLatch(1);
            leadership.stop(stopped::countDown);
            assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
