package dev.parley.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient;
import dev.parley.standalone.ChatUser;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** So much is said in one conversation that whoever does not read loses the connection. */
final class Flood {

    /** 60 KB in characters of three bytes. Before a node notices anything the gateway takes 128 of them, and the kernel more. */
    private static final String LONG = "€".repeat(20_000);

    /** How long it may take whoever shall not read to be done with what it does. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(60);

    /** How long it may take whoever reads to have it all; it may just be away, too. */
    private static final Duration LONGEST_READING = Duration.ofSeconds(60);

    private static final int AT_ONCE = 8;
    private static final int MOST = 480;
    private static final int MOST_REFUSALS = 20;
    private static final Duration REST = Duration.ofSeconds(1);

    private final Cast cast;
    private final Deeds deeds;
    private final Nodes nodes;

    Flood(Cast cast, Deeds deeds, Nodes nodes) {
        this.cast = cast;
        this.deeds = deeds;
        this.nodes = nodes;
    }

    /**
     * Goes on until a node has closed a client that does not read, or there was enough for that. Who reads gets everything
     * while the other still reads nothing.
     */
    void overwhelm(Behaviour slow) throws IOException, InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        double before = nodes.slowReaders();
        slow.readNothingUntil(end);
        try {
            Awaitility.await().atMost(LONGEST_STEP).until(slow::hasStoppedReading);
            int said = 0;
            long last = 0;
            while (nodes.slowReaders() <= before && said < MOST) {
                last = Flux.range(said, AT_ONCE)
                        .flatMap(this::say, AT_ONCE)
                        .reduce(0L, Math::max)
                        .block(LONGEST_STEP);
                said += AT_ONCE;
            }
            awaitToldUpTo(last);
        } finally {
            end.countDown();
        }
    }

    private void awaitToldUpTo(long seq) {
        for (ChaosClient client : cast.clientsOf(cast.quickReader())) {
            Awaitility.await().atMost(LONGEST_READING).untilAsserted(() -> assertThat(
                            client.knowledge().lastSeq(cast.flooded()))
                    .as("%s is held up by who does not read: %s", client, client.diary())
                    .isGreaterThanOrEqualTo(seq));
        }
    }

    /** Says it until it is stored. @return its place */
    private Mono<Long> say(int number) {
        ChatUser admin = cast.conversations().admin();
        return new ApiClient(admin.baseUrl(), admin.accessToken())
                .posting(
                        "/api/v1/conversations/" + cast.flooded() + "/messages",
                        Map.of("encryptedContent", LONG, "tempId", "flood-" + number))
                .flatMap(answer -> answer.status() < 300
                        ? Mono.just(answer.body())
                        : Mono.error(new IllegalStateException(answer.toString())))
                .retryWhen(Retry.fixedDelay(MOST_REFUSALS, REST))
                .map(message ->
                        deeds.sent(cast.flooded(), admin.id(), "", message).seq());
    }
}
