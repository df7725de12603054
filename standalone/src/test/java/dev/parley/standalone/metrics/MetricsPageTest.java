package dev.parley.standalone.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page names the metrics that the sources register. With {@code -Dparley.metrics.write=true} it is written anew. */
class MetricsPageTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("docs/metrics.md");

    private static final String HEAD = """
            # Metrics

            What each service says on `/actuator/prometheus`, under the names that Prometheus sees. This page is written from the sources by
            [a test](../standalone/src/test/java/dev/parley/standalone/metrics/MetricsPageTest.java):
            `./mvnw -pl standalone -am -Dtest=MetricsPageTest -Dparley.metrics.write=true -Dsurefire.failIfNoSpecifiedTests=false test`.
            The page of each service says more of its own metrics.

            A summary has the series `_count` and `_sum`; a histogram has `_bucket` (label `le`) too. Both have the greatest value of the last
            minutes as a gauge `_max`. Times are in seconds. Many series come into being when the first thing is counted.
            Prometheus adds the labels `job` (the service) and `instance`. [Alerts](../deploy/prometheus/alerts.yml) and
            [dashboards](../deploy/grafana/dashboards) use nothing but what is named here, which a test checks.
            """;

    private static final String COLUMNS = "| Metric | Type | Labels | |\n|---|---|---|---|\n";

    @Test
    void thePageNamesWhatTheSourcesRegister() throws IOException {
        String page = page(DeclaredMeters.under(ROOT));
        if (Boolean.getBoolean("parley.metrics.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).content().isEqualTo(page);
    }

    @Test
    void aMetricHasOneFormWhereverItIsRegistered() throws IOException {
        Map<String, List<String>> forms = DeclaredMeters.under(ROOT).stream()
                .map(DeclaredMeter::exported)
                .collect(Collectors.groupingBy(
                        MetricRow::name,
                        TreeMap::new,
                        Collectors.mapping(
                                MetricRow::line, Collectors.collectingAndThen(Collectors.toSet(), List::copyOf))));

        assertThat(forms).hasSizeGreaterThan(80).allSatisfy((name, lines) -> assertThat(lines)
                .hasSize(1));
    }

    private static String page(List<DeclaredMeter> meters) {
        StringBuilder page = new StringBuilder(HEAD);
        section(page, "Every service", rows(meters, "platform/starter"));
        meters.stream()
                .map(DeclaredMeter::module)
                .filter(module -> !module.equals("platform/starter"))
                .distinct()
                .sorted(Comparator.naturalOrder())
                .forEach(module -> section(page, module, rows(meters, module)));
        section(page, "From libraries", LibraryMetrics.ALL.stream());
        return page.toString();
    }

    private static Stream<MetricRow> rows(List<DeclaredMeter> meters, String module) {
        return meters.stream().filter(meter -> meter.module().equals(module)).map(DeclaredMeter::exported);
    }

    private static void section(StringBuilder page, String title, Stream<MetricRow> rows) {
        page.append("\n## ").append(title).append("\n\n").append(COLUMNS);
        rows.sorted(Comparator.comparing(MetricRow::name))
                .map(MetricRow::line)
                .distinct()
                .forEach(line -> page.append(line).append('\n'));
    }
}
