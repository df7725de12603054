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

    /** Of these turns. */
    private static final int MAY_BE_LONGER = 1;

    /** As the browser names them; the first one is all of it. */
    private static final List<String> PARTS =
            List.of("TaskDuration", "ScriptDuration", "LayoutDuration", "RecalcStyleDuration");

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
            System.out.printf("%-20s %s%n", "ms", PARTS);
            for (Object name : names) {
                double[][] millis = new double[PARTS.size()][TURNS];
                for (int turn = 0; turn < TURNS; turn++) {
                    double[] before = busyMillis(window);
                    window.script("return window.bench.act(arguments[0], arguments[1])", name, turn);
                    double[] after = busyMillis(window);
                    for (int part = 0; part < before.length; part++) {
                        millis[part][turn] = after[part] - before[part];
                    }
                }
                // The first time of anything, its code is not compiled yet: that is how it is for people, too. Once in
                // a while the browser
                // does work of its own, such as looking for a font.
                double[] sorted = Arrays.stream(millis[0]).sorted().toArray();
                double longest = sorted[TURNS - 1 - MAY_BE_LONGER];
                System.out.printf(
                        "%-20s p50 %s, longest but one %.1f, longest %.1f%n",
                        name,
                        Arrays.stream(millis)
                                .map(part -> "%.1f".formatted(middle(part)))
                                .toList(),
                        longest,
                        sorted[TURNS - 1]);
                if (longest > LONGEST_MILLIS) {
                    tooLong.add(name + ": " + longest + " ms");
                }
            }
            assertThat(tooLong).isEmpty();
        }
    }

    private static double middle(double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double[] busyMillis(ChatWindow window) {
        List<?> metrics = (List<?>) Objects.requireNonNull(
                window.devTools("Performance.getMetrics", Map.of()).get("metrics"));
        double[] millis = new double[PARTS.size()];
        for (Object each : metrics) {
            Map<?, ?> metric = (Map<?, ?>) each;
            int part = PARTS.indexOf(metric.get("name"));
            if (part >= 0) {
                millis[part] = ((Number) Objects.requireNonNull(metric.get("value"))).doubleValue() * 1_000;
            }
        }
        return millis;
    }

    private static String checks() throws Exception {
        try (InputStream script = LongHistoryBench.class.getResourceAsStream("/web/list-checks.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
