package dev.parley.presence.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;

/** Events that end at random times, or never. */
class EventQueueTest {

    private static final int EVENTS = 3_000;
    private static final int KEYS = 5;
    private static final int MAX_RUNNING = 16;

    private final DefaultEventLoop loop = new DefaultEventLoop();

    // Only used in the loop.
    private final Set<Long> ended = new HashSet<>();
    private final Map<Object, List<Long>> begunByKey = new HashMap<>();
    private final Set<Object> runningKeys = new HashSet<>();
    private final List<String> mistakes = new ArrayList<>();
    private final CompletableFuture<Void> allEnded = new CompletableFuture<>();
    private int running;
    private int mostRunning;

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private static Packet event(long id) {
        return new Packet(
                Packet.Type.EVENT,
                false,
                "/",
                id,
                JsonNodeFactory.instance.arrayNode().add("e"),
                10);
    }

    private static Object key(long id) {
        return id % (KEYS + 1) == KEYS ? null : id % (KEYS + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void endsEachEventOnceAndInTimeAndKeepsTheOrderOfThoseWithTheSameKey(int seed) throws Exception {
        Random random = new Random(seed);
        Worker worker = new Worker(random);
        SocketIoSettings settings = SocketIoSettings.defaults()
                .withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(300))
                .withBounds(1, 1, EVENTS);
        EventQueue queue = new EventQueue(loop, settings, worker);
        loop.submit(() -> {
                    queue.start();
                    for (long id = 0; id < EVENTS; id++) {
                        queue.add(event(id), key(id));
                    }
                    queue.finish(() -> allEnded.complete(null));
                })
                .sync();

        allEnded.get(10, TimeUnit.SECONDS);

        loop.submit(() -> {
                    assertThat(mistakes).isEmpty();
                    assertThat(ended).hasSize(EVENTS);
                    assertThat(mostRunning).isEqualTo(MAX_RUNNING);
                    assertThat(begunByKey.values())
                            .allSatisfy(begun -> assertThat(begun).isSorted());
                })
                .sync();
    }

    private final class Worker implements EventQueue.Worker {

        private final Random random;

        Worker(Random random) {
            this.random = random;
        }

        @Override
        public Mono<Ack> handle(Packet event) {
            long id = id(event);
            Object key = key(id);
            mostRunning = Math.max(mostRunning, ++running);
            if (key != null) {
                begunByKey.computeIfAbsent(key, first -> new ArrayList<>()).add(id);
                if (!runningKeys.add(key)) {
                    mistakes.add("Two of " + key + " at a time");
                }
            }
            return switch (random.nextInt(50)) {
                case 0 -> Mono.never();
                case 1, 2, 3 -> Mono.error(new IllegalStateException("random"));
                case 4, 5, 6, 7, 8, 9 -> Mono.just(Ack.empty());
                case 10, 11 -> {
                    throw new IllegalStateException("random");
                }
                default -> Mono.delay(Duration.ofMillis(random.nextInt(5))).thenReturn(Ack.empty());
            };
        }

        @Override
        public void done(Packet event, Ack ack) {
            ran(event);
        }

        @Override
        public void failed(Packet event, Throwable error) {
            ran(event);
        }

        @Override
        public void overdue(Packet event) {
            end(event);
        }

        private void ran(Packet event) {
            running--;
            Object key = key(id(event));
            if (key != null) {
                runningKeys.remove(key);
            }
            end(event);
        }

        private void end(Packet event) {
            if (!ended.add(id(event))) {
                mistakes.add("Ended twice: " + id(event));
            }
        }

        private static long id(Packet event) {
            Long id = event.id();
            return id == null ? -1 : id;
        }
    }
}
