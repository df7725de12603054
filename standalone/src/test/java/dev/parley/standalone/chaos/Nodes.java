package dev.parley.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.PlatformProcess;
import dev.parley.standalone.RunningNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The presence nodes: they are killed, and come back by themselves. */
final class Nodes {

    private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(120);

    private final PlatformProcess platform;
    private final int count;
    private int kills;

    /** By the number of the process. */
    private final Map<Long, Double> slowReaders = new HashMap<>();

    Nodes(PlatformProcess platform, int count) throws IOException {
        this.platform = platform;
        this.count = count;
        assertThat(running()).hasSize(count);
    }

    void kill(int number) throws IOException {
        RunningNode victim = running().stream()
                .filter(node -> node.number() == number)
                .findFirst()
                .orElseThrow();
        victim.kill();
        kills++;
        Awaitility.await().atMost(LONGEST_ABSENCE).until(() -> !victim.runs());
    }

    /** Returns when all that were killed are back. */
    void awaitAll() {
        Awaitility.await().atMost(LONGEST_ABSENCE).untilAsserted(() -> assertThat(RunningNode.announcedBy(platform))
                .hasSize(count + kills));
        Awaitility.await().atMost(LONGEST_ABSENCE).untilAsserted(() -> assertThat(running())
                .hasSize(count));
    }

    /** How many connections they have closed because who was there did not read, as far as they said before they died. */
    double slowReaders() throws IOException, InterruptedException {
        for (RunningNode node : running()) {
            slowReaders.put(node.process(), node.metric("parley_sockets_closed_total", "reason=\"slow-reader\""));
        }
        return slowReaders.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private List<RunningNode> running() throws IOException {
        return RunningNode.announcedBy(platform).stream()
                .filter(RunningNode::runs)
                .toList();
    }
}
