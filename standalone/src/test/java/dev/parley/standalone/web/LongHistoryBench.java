package dev.parley.standalone.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.RunningPlatform;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the page is busy with each action where 2,000 messages are loaded: with scripts, styles, layout and painting, as the
 * browser counts them. It runs by its name alone, on a machine that does nothing else:
 *
 * <pre>./mvnw -pl standalone -am -Dtest=LongHistoryBench -Dsurefire.failIfNoSpecifiedTests=false test</pre>
 */
class LongHistoryBench {

    /** What people notice. */
    private static final double LONGEST_MILLIS = 50;

    private static final int TURNS = 20;

    @TempDir
    Path profiles;

    @Test
    void everyActionIsDoneBeforeAnybodyNotices() throws Exception {
        Browser browser = Browser.orSkip();
        try (ChatWindow window =
                new ChatWindow(browser, profiles.resolve("bo"), URI.create(RunningPlatform.baseUrl()))) {
            window.register("Bo", "bo-" + UUID.randomUUID().toString().substring(0, 8));
            List<?> names = (List<?>)
                    window.script("return (async () => {" + checks() + "\nreturn checks.openTheBench(); })()");
            window.devTools("Performance.enable", Map.of());
            List<String> tooLong = new ArrayList<>();
            for (Object name : names) {
                double[] millis = new double[TURNS];
                for (int turn = 0; turn < TURNS; turn++) {
                    double before = busyMillis(window);
                    window.script("return window.bench.act(arguments[0], arguments[1])", name, turn);
                    millis[turn] = busyMillis(window) - before;
                }
                // The first time of anything, its code is not compiled yet: that is how it is for people, too.
                double longest = Arrays.stream(millis).max().orElseThrow();
                double half = Arrays.stream(millis)
                        .sorted()
                        .skip(TURNS / 2)
                        .findFirst()
                        .orElseThrow();
                System.out.printf("%-20s p50 %5.1f ms, longest %5.1f ms%n", name, half, longest);
                if (longest > LONGEST_MILLIS) {
                    tooLong.add(name + ": " + longest + " ms");
                }
            }
            assertThat(tooLong).isEmpty();
        }
    }

    private static double busyMillis(ChatWindow window) {
        List<?> metrics = (List<?>) Objects.requireNonNull(
                window.devTools("Performance.getMetrics", Map.of()).get("metrics"));
        return metrics.stream()
                .map(each -> (Map<?, ?>) each)
                .filter(each -> "TaskDuration".equals(each.get("name")))
                .mapToDouble(each -> ((Number) Objects.requireNonNull(each.get("value"))).doubleValue() * 1_000)
                .sum();
    }

    private static String checks() throws Exception {
        try (InputStream script = LongHistoryBench.class.getResourceAsStream("/web/list-checks.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
