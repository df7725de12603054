package dev.parley.standalone.chaos;

import dev.parley.standalone.ChatUser;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** So much is said in one conversation that who does not read loses the connection. */
final class Flood {

    /** Nearly as long as can be, in characters of three bytes: few of them fill all buffers on the way. */
    private static final String LONG = "€".repeat(64_000);

    /** How long it may take whoever shall not read to be done with what it does. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(60);

    private static final int AT_ONCE = 8;
    private static final int MOST = 80;

    private final Cast cast;
    private final Deeds deeds;
    private final Nodes nodes;

    Flood(Cast cast, Deeds deeds, Nodes nodes) {
        this.cast = cast;
        this.deeds = deeds;
        this.nodes = nodes;
    }

    /** Goes on until the server has closed a client that does not read; then it reads again. */
    void overwhelm(Behaviour reader) throws IOException, InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        double before = nodes.slowReaders();
        reader.readNothingUntil(end);
        try {
            Awaitility.await().atMost(LONGEST_STEP).until(reader::hasStoppedReading);
            int said = 0;
            while (nodes.slowReaders() <= before) {
                if (said >= MOST) {
                    throw new AssertionError("Nobody was closed as a slow reader after " + said + " messages");
                }
                IntStream.range(said, said += AT_ONCE).parallel().forEach(this::say);
            }
        } finally {
            end.countDown();
        }
    }

    private void say(int number) {
        ChatUser admin = cast.admin();
        var message = admin.call(
                "POST",
                "/api/v1/conversations/" + cast.flooded() + "/messages",
                Map.of("encryptedContent", LONG, "tempId", "flood-" + number));
        deeds.sent(cast.flooded(), admin.id(), "", message);
    }
}
