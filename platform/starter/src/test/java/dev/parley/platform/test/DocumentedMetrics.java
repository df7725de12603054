package dev.parley.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code docs/metrics.md} names, compared with what a running service has: names, and their labels. */
public final class DocumentedMetrics {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\| ([^|]*) \\|");
    private static final Pattern LABEL = Pattern.compile("`(\\w+)`");
    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^(\\w+?)(?:_count|_sum|_max|_bucket)?(?:\\{(.*)})? \\S+$");
    private static final Pattern SAMPLE_LABEL = Pattern.compile("(\\w+)=\"");
    private static final PrometheusNamingConvention NAMES = new PrometheusNamingConvention();

    private DocumentedMetrics() {}

    /** The labels of each metric of the page. */
    public static Map<String, Set<String>> page(Path root) throws IOException {
        Map<String, Set<String>> labels = new TreeMap<>();
        ROW.matcher(Files.readString(root.resolve("docs/metrics.md")))
                .results()
                .forEach(row -> labels.put(row.group(1), all(LABEL, row.group(3))));
        return labels;
    }

    /** Each metric of ours that the registry has is on the page, with its labels. */
    public static void assertNamed(MeterRegistry meters) throws IOException {
        Map<String, Set<String>> seen = new TreeMap<>();
        for (Meter meter : meters.getMeters()) {
            Meter.Id id = meter.getId();
            String name = NAMES.name(id.getName(), id.getType(), id.getBaseUnit());
            // The client of Prometheus ends the names of counters when it exports them.
            seen.put(
                    id.getType() == Meter.Type.COUNTER ? name + "_total" : name,
                    id.getTags().stream().map(Tag::getKey).collect(Collectors.toSet()));
        }
        assertNamed(seen, "parley_");
    }

    /**
     * The same of what Prometheus was told, and of each metric of libraries that the page names: it must be among what was told.
     *
     * @param libraries how the names of these begin
     */
    public static void assertNamed(String scraped, String... libraries) throws IOException {
        Map<String, Set<String>> seen = new TreeMap<>();
        SAMPLE.matcher(scraped)
                .results()
                .forEach(sample -> seen.merge(
                        sample.group(1), all(SAMPLE_LABEL, String.valueOf(sample.group(2))), DocumentedMetrics::both));
        seen.values().forEach(labels -> labels.remove("le"));
        assertNamed(seen, "parley_");
        for (String library : libraries) {
            assertNamed(seen, library);
        }
    }

    private static void assertNamed(Map<String, Set<String>> seen, String prefix) throws IOException {
        Map<String, Set<String>> page = page(Path.of("..").toAbsolutePath().normalize());
        boolean ours = prefix.equals("parley_");
        Set<String> names = (ours ? seen : page)
                .keySet().stream().filter(name -> name.startsWith(prefix)).collect(Collectors.toSet());

        assertThat(names).isNotEmpty().allSatisfy(name -> {
            assertThat(page).containsKey(name);
            assertThat(seen).containsKey(name);
            assertThat(seen.get(name)).as(name).isEqualTo(page.get(name));
        });
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
